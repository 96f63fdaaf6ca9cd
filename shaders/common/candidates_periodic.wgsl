// Frame: as candidates.wgsl, for scenes with periodic axes, where a row goes on at the other end: the solver puts this file in the
// place of the other. An axis is at least 3 h long, so that no cell is met twice.
{
    let home = cell_at(x);
    let reach_z = select(reach, 0, params.reach_z == 0u);
    for (var z = home.z - reach_z; z <= home.z + reach_z; z++) {
        for (var y = home.y - reach; y <= home.y + reach; y++) {
            for (var part = 0; part < ROW_PARTS; part++) {
                let row = row_within(x, y, z, part, square);
                if (row.first >= row.past) {
                    continue;
                }
                let seen = row.seen;
                let end = cells[row.past];
                for (var j = cells[row.first]; j < end; j++) {
                    //body
                }
            }
        }
    }
}
