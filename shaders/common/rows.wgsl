// The cells that a ball of radius h around a point can touch, in rows along x: each row is one range of sorted particles.
//import common/grid.wgsl

// Ranges of one row.
const ROW_PARTS = 1;

// Cells first to past - 1, empty if first >= past, and the point as their particles see it.
struct Row {
    first: u32,
    past: u32,
    seen: vec3<f32>,
}

// Half the width of the ball where it crosses row (y, z), below zero where it does not.
fn half_width(x: vec3<f32>, y: i32, z: i32) -> f32 {
    let edge = 1.0 / params.cell_inverse.yz;
    let low = params.grid_origin.yz + vec2<f32>(vec2<i32>(y, z)) * edge;
    let away = max(max(low - x.yz, x.yz - (low + edge)), vec2<f32>(0.0));
    // A hair more than h^2: rounding must never drop a neighbour.
    let left = params.support_squared * 1.001 - dot(away, away);
    return select(-1.0, sqrt(max(left, 0.0)), left > 0.0);
}

fn row_of(x: vec3<f32>, y: i32, z: i32, part: i32) -> Row {
    let size = vec3<i32>(params.grid_size.xyz);
    if (y < 0 || z < 0 || y >= size.y || z >= size.z) {
        return Row(1u, 0u, x);
    }
    let half = half_width(x, y, z);
    if (half < 0.0) {
        return Row(1u, 0u, x);
    }
    let at = x.x - params.grid_origin.x;
    let first = clamp(i32(floor((at - half) * params.cell_inverse.x)), 0, size.x - 1);
    let last = clamp(i32(floor((at + half) * params.cell_inverse.x)), 0, size.x - 1);
    let row = cell_number(vec3<i32>(0, y, z));
    return Row(row + u32(first), row + u32(last) + 1u, x);
}
