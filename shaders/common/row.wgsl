// What rows are, with and without periodic axes.
//import common/grid.wgsl

// Cells first to past - 1, empty if first >= past, and the point as their particles see it.
struct Row {
    first: u32,
    past: u32,
    seen: vec3<f32>,
}

// Half the width of a ball where it crosses row (y, z), below zero where it does not. square: its radius squared.
fn half_width(x: vec3<f32>, y: i32, z: i32, square: f32) -> f32 {
    let edge = 1.0 / params.cell_inverse.yz;
    let low = params.grid_origin.yz + vec2<f32>(vec2<i32>(y, z)) * edge;
    let away = max(max(low - x.yz, x.yz - (low + edge)), vec2<f32>(0.0));
    // A hair more: rounding must never drop a neighbour.
    let left = square * 1.001 - dot(away, away);
    return select(-1.0, sqrt(max(left, 0.0)), left > 0.0);
}
