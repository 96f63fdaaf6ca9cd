// Frame: every particle within the support radius of x: vec3<f32>, the place of particle i, as its marks tell, itself too. The body
// finds what that of around.wgsl finds.
{
    let square = params.support_squared;
    let reach = i32(params.reach);
    let reach_z = i32(params.reach_z);
    let home = cell_at(x);
    let lowest = max(home.x - reach, 0);
    let highest = min(home.x + reach, i32(params.grid_size.x) - 1);
    var row = 0u;
    var pair = 0u;
    for (var z = home.z - reach_z; z <= home.z + reach_z; z++) {
        for (var y = home.y - reach; y <= home.y + reach; y++) {
            if ((row & 1u) == 0u) {
                pair = marks_of(row / 2u, i);
            }
            let found = pair & 0xffffu;
            pair >>= 16u;
            row++;
            if (found == 0u) {
                continue;
            }
            let first = cell_number(vec3<i32>(lowest, y, z));
            let ahead = found >> MARK_BITS;
            let whole = ahead == MARK_WHOLE;
            let begin = cells[first + select(ahead, 0u, whole)];
            var left = found & ((1u << MARK_BITS) - 1u);
            var next = begin;
            var end = begin;
            if (whole) {
                end = cells[first + u32(highest - lowest) + 1u];
            }
            while (left != 0u || next < end) {
                var j = next;
                if (whole) {
                    next++;
                } else {
                    j = begin + firstTrailingBit(left);
                    left &= left - 1u;
                }
                let away = x - position_sorted[j].xyz;
                let r2 = dot(away, away);
                if (r2 < square) {
                    //body
                }
            }
        }
    }
}
