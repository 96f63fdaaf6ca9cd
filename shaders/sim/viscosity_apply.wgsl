// viscosity_apply: w_i = r_i + dt (K r)_i; and the sums of |r|^2, r.w and |y|^2
// Reads: params, control, position_sorted, links, link_counts, walls (N), viscous_change (y), viscous_residual (r)
// Writes: viscous_image (w), viscous_partials.xyz (sums of r.r, r.w and y.y in each workgroup)
// Invariant: the operator is symmetric and positive: r.w >= r.r
// Source: Weiler et al. (2018), eq. 11; K: see common/viscosity.wgsl; the sums of Chronopoulos & Gear (1989), J. Comput. Appl. Math. 25:153
// Oracle: ref.ViscosityApply
//import common/params.wgsl
//import common/control.wgsl
//import common/links_read.wgsl
//import common/apart.wgsl
//import common/viscosity.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(30) var<storage, read> viscous_change: array<vec4<f32>>;
@group(1) @binding(31) var<storage, read> viscous_residual: array<vec4<f32>>;
@group(1) @binding(32) var<storage, read_write> viscous_image: array<vec4<f32>>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;
@group(3) @binding(0) var<storage, read_write> viscous_partials: array<vec4<f32>>;

var<workgroup> products: array<vec3<f32>, WORKGROUP>;

fn image_of(i: u32) -> vec3<f32> {
    let x = position_sorted[i].xyz;
    let r = viscous_residual[i].xyz;
    var pull = vec3<f32>(0.0);
    let count = link_counts[i];
    for (var k = 0u; k < count; k++) {
        let j = link(k, i);
        pull += viscous_pull(apart(x, position_sorted[j].xyz), r - viscous_residual[j].xyz);
    }
    return r + control.dt * (params.viscous_strength * pull + viscous_drag(walls[i].w) * r);
}

@compute @workgroup_size(WORKGROUP)
fn viscosity_apply(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    let i = flat_index(id, groups);
    var product = vec3<f32>(0.0);
    if (control.running == 1u && i < control.live) {
        let r = viscous_residual[i].xyz;
        let y = viscous_change[i].xyz;
        let image = image_of(i);
        viscous_image[i] = vec4<f32>(image, 0.0);
        product = vec3<f32>(dot(r, r), dot(r, image), dot(y, y));
    }
    products[lane] = product;
    //frame common/fold.wgsl
        products[lane] += products[other];
    //end
    if (control.running == 1u && lane == 0u && i < control.live) {
        let group = i / WORKGROUP;
        viscous_partials[group] = vec4<f32>(products[0], viscous_partials[group].w);
    }
}
