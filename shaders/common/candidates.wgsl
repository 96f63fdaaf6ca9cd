// Frame: every particle in a cell that a ball around x: vec3<f32> touches. square: its radius squared [m^2], reach: i32, how many
// cells that is at the most. The body finds the particle's number j among the sorted, and seen: x as that particle sees it.
// Cells along x are neighbours in memory, so that each row of them is one range of particles.
{
    let last = vec3<i32>(params.grid_size.xyz) - vec3<i32>(1);
    let home = cell_at(x);
    let reach_z = select(reach, 0, params.reach_z == 0u);
    let low = max(home.yz - vec2<i32>(reach, reach_z), vec2<i32>(0));
    let high = min(home.yz + vec2<i32>(reach, reach_z), last.yz);
    let seen = x;
    let at = (x.x - params.grid_origin.x) * params.cell_inverse.x;
    for (var z = low.y; z <= high.y; z++) {
        let left_z = padded(square) - gap_squared(x, 2u, z);
        for (var y = low.x; y <= high.x; y++) {
            let left = left_z - gap_squared(x, 1u, y);
            if (left <= 0.0) {
                continue;
            }
            let half = sqrt(left) * params.cell_inverse.x;
            // Conversion cuts towards zero, where the row begins anyway.
            let first = cell_number(vec3<i32>(clamp(i32(at - half), 0, last.x), y, z));
            let past = cell_number(vec3<i32>(clamp(i32(at + half), 0, last.x), y, z)) + 1u;
            let end = cells[past];
            for (var j = cells[first]; j < end; j++) {
                //body
            }
        }
    }
}
