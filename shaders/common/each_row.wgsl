// Frame: every row of cells along x that a ball around x: vec3<f32> may touch. square: its radius squared [m^2], reach: i32, how many
// cells that is at the most. Cells along x are neighbours in memory, so that what a row holds for the ball is one range of
// particles: the body finds the cells, first to past - 1, none if they are equal; seen: x as the particles there see it; row: its
// number; and ahead: how many cells first is after the first that any ball around x's cell could touch.
{
    let home = cell_at(x);
    let reach_z = select(reach, 0, params.reach_z == 0u);
    let size = vec3<i32>(params.grid_size.xyz);
    let at = (x.x - params.grid_origin.x) * params.cell_inverse.x;
    let lowest = max(home.x - reach, 0);
    let highest = min(home.x + reach, size.x - 1);
    let seen = x;
    var row = 0u;
    for (var z = home.z - reach_z; z <= home.z + reach_z; z++) {
        let left_z = padded(square) - gap_squared(x, 2u, z);
        for (var y = home.y - reach; y <= home.y + reach; y++) {
            let left = left_z - gap_squared(x, 1u, y);
            let touched = left > 0.0 && y >= 0 && z >= 0 && y < size.y && z < size.z;
            let half = sqrt(max(left, 0.0)) * params.cell_inverse.x;
            // Conversion cuts towards zero, where the row begins anyway.
            let begin_x = clamp(i32(at - half), lowest, highest);
            let end_x = clamp(i32(at + half), lowest, highest);
            let first = cell_number(vec3<i32>(begin_x, y, z));
            let past = first + select(0u, u32(end_x - begin_x + 1), touched);
            let ahead = u32(begin_x - lowest);
            //body
            row++;
        }
    }
}
