// The uniform grid. Cells are numbered x first, so cells next to each other in x hold one contiguous range of
// the sorted particles. The number after the last cell collects particles that are gone.
//import common/params.wgsl

// Top bit of boundary_cells[c]: some boundary sample may lie within reach of cell c.
const NEAR_BOUNDARY = 0x80000000u;

fn cell_at(p: vec3<f32>) -> vec3<i32> {
    let c = floor((p - params.grid_origin.xyz) * params.grid_origin.w);
    // Converting a float beyond i32 is undefined, so clamp before; and after, for NaN.
    let last = vec3<i32>(params.grid_size.xyz) - vec3<i32>(1);
    return clamp(vec3<i32>(clamp(c, vec3<f32>(0.0), vec3<f32>(last))), vec3<i32>(0), last);
}

fn cell_number(c: vec3<i32>) -> u32 {
    return u32(c.x) + params.grid_size.x * (u32(c.y) + params.grid_size.y * u32(c.z));
}

// position.w holds the particle's id, below zero once it has left.
fn cell_of(position: vec4<f32>) -> u32 {
    if (position.w < 0.0) {
        return params.grid_size.w;
    }
    return cell_number(cell_at(position.xyz));
}

// Cells of the row (y, z) that a ball of radius h around p can touch: x of the first and of the last, or an
// empty range (first > last).
fn row_span(p: vec3<f32>, y: i32, z: i32) -> vec2<i32> {
    let size = vec3<i32>(params.grid_size.xyz);
    if (y < 0 || z < 0 || y >= size.y || z >= size.z) {
        return vec2<i32>(0, -1);
    }
    let edge = 1.0 / params.grid_origin.w;
    let low = params.grid_origin.yz + vec2<f32>(vec2<i32>(y, z)) * edge;
    let away = max(max(low - p.yz, p.yz - (low + vec2<f32>(edge))), vec2<f32>(0.0));
    // A hair more than h^2: rounding must never drop a neighbour.
    let left = params.support_squared * 1.001 - dot(away, away);
    if (left <= 0.0) {
        return vec2<i32>(0, -1);
    }
    let half_width = sqrt(left);
    let x = p.x - params.grid_origin.x;
    let first = i32(floor((x - half_width) * params.grid_origin.w));
    let last = i32(floor((x + half_width) * params.grid_origin.w));
    return clamp(vec2<i32>(first, last), vec2<i32>(0), vec2<i32>(size.x - 1));
}
