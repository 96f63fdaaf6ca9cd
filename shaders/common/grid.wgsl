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
