// The uniform grid. Cells are numbered x first, so cells next to each other in x hold one contiguous range of
// the sorted particles. The number after the last cell collects particles that are gone.
//import common/params.wgsl

fn cell_at(p: vec3<f32>) -> vec3<i32> {
    let c = floor((p - params.grid_origin.xyz) * params.cell_inverse.xyz);
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

// A hair more: rounding must never drop a neighbour.
fn padded(square: f32) -> f32 {
    return square * 1.001;
}

// The square of how far x is along one axis from the cells with this coordinate, 0 inside [m^2].
fn gap_squared(x: vec3<f32>, axis: u32, coordinate: i32) -> f32 {
    let edge = 1.0 / params.cell_inverse[axis];
    let low = params.grid_origin[axis] + f32(coordinate) * edge;
    let gap = max(max(low - x[axis], x[axis] - (low + edge)), 0.0);
    return gap * gap;
}
