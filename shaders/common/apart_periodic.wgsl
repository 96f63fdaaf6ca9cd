// As apart.wgsl, for scenes with periodic axes: from one particle to the nearest image of another. The solver puts this file in the
// place of the other.
//import common/params.wgsl

fn apart(a: vec3<f32>, b: vec3<f32>) -> vec3<f32> {
    let away = a - b;
    return away - round(away * params.inv_period.xyz) * params.period.xyz;
}
