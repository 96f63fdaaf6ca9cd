// Frame: as each_row.wgsl, for scenes with periodic axes, where a row goes on at the other end: the solver puts this file in the
// place of the other. An axis is at least 3 h long, so that no cell is met twice.
{
    let home = cell_at(x);
    let reach_z = select(reach, 0, params.reach_z == 0u);
    let ahead = 0u;
    var row = 0u;
    for (var z = home.z - reach_z; z <= home.z + reach_z; z++) {
        for (var y = home.y - reach; y <= home.y + reach; y++) {
            for (var part = 0; part < ROW_PARTS; part++) {
                let piece = row_within(x, y, z, part, square);
                let seen = piece.seen;
                let first = piece.first;
                let past = piece.past;
                //body
            }
            row++;
        }
    }
}
