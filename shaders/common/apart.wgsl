// From one particle to another.

fn apart(a: vec3<f32>, b: vec3<f32>) -> vec3<f32> {
    return a - b;
}
