// pressure: a_i = -sum_j V (kappa_i + kappa_j) grad W_ij - sum_b V_b kappa_i grad W_ib
// Reads: params, control, position_sorted, unknowns (x = kappa), cells, boundary, boundary_cells
// Writes: acceleration
// Invariant: pair terms are equal and opposite
// Source: Bender & Koschier (2017), eq. 4, with kappa = rho0 p / rho^2
// Oracle: ref.Pressure
//import common/params.wgsl
//import common/control.wgsl
//import common/grid.wgsl
//import common/kernel.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read_write> acceleration: array<vec4<f32>>;
@group(1) @binding(7) var<storage, read> unknowns: array<vec2<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(2) @binding(3) var<storage, read> boundary: array<vec4<f32>>;
@group(2) @binding(4) var<storage, read> boundary_cells: array<u32>;

const NEAR_BOUNDARY = 0x80000000u;

@compute @workgroup_size(WORKGROUP)
fn pressure(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let x = position_sorted[i].xyz;
    let kappa = unknowns[i].x;
    let home = cell_at(x);
    let reach = i32(params.reach);
    let near = (boundary_cells[cell_number(home)] & NEAR_BOUNDARY) != 0u;
    var fluid = vec3<f32>(0.0);
    var wall = vec3<f32>(0.0);
    for (var z = home.z - reach; z <= home.z + reach; z++) {
        for (var y = home.y - reach; y <= home.y + reach; y++) {
            let span = row_span(x, y, z);
            if (span.x > span.y) {
                continue;
            }
            let row = cell_number(vec3<i32>(0, y, z));
            let first = row + u32(span.x);
            let past = row + u32(span.y) + 1u;
            let end = cells[past];
            for (var j = cells[first]; j < end; j++) {
                let away = x - position_sorted[j].xyz;
                let r2 = dot(away, away);
                if (r2 < params.support_squared) {
                    fluid += away * ((kappa + unknowns[j].x) * gradient_shape(sqrt(r2) * params.inv_support));
                }
            }
            if (near) {
                let boundary_end = boundary_cells[past] & ~NEAR_BOUNDARY;
                for (var b = boundary_cells[first] & ~NEAR_BOUNDARY; b < boundary_end; b++) {
                    let sample = boundary[b];
                    let away = x - sample.xyz;
                    let r2 = dot(away, away);
                    if (r2 < params.support_squared) {
                        wall += away * (sample.w * kappa * gradient_shape(sqrt(r2) * params.inv_support));
                    }
                }
            }
        }
    }
    acceleration[i] = vec4<f32>(-params.gradient_norm * (params.volume * fluid + wall), 0.0);
}
