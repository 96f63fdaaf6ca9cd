// The cells that a ball of radius h around a point can touch, in rows along x: each row is one range of sorted particles.
//import common/row.wgsl

// Ranges of one row.
const ROW_PARTS = 1;

fn row_of(x: vec3<f32>, y: i32, z: i32, part: i32) -> Row {
    return row_within(x, y, z, part, params.support_squared);
}

// The same of a ball of another radius, squared.
fn row_within(x: vec3<f32>, y: i32, z: i32, part: i32, square: f32) -> Row {
    let size = vec3<i32>(params.grid_size.xyz);
    if (y < 0 || z < 0 || y >= size.y || z >= size.z) {
        return Row(1u, 0u, x);
    }
    let half = half_width(x, y, z, square);
    if (half < 0.0) {
        return Row(1u, 0u, x);
    }
    let at = x.x - params.grid_origin.x;
    let first = clamp(i32(floor((at - half) * params.cell_inverse.x)), 0, size.x - 1);
    let last = clamp(i32(floor((at + half) * params.cell_inverse.x)), 0, size.x - 1);
    let row = cell_number(vec3<i32>(0, y, z));
    return Row(row + u32(first), row + u32(last) + 1u, x);
}
