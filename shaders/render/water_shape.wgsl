// water_shape: particle i becomes an ellipsoid of matrix S^2 = (r C/c0)^2 + b^2, with the covariance C of its neighbours'
//   places, weights 1 - (r/h)^3, and c0 that of a full neighbourhood; flat at the surface, long in a jet. Its outer end comes
//   to lie on the surface of the half space that would leave the particle as much company as it has: bumps go, volume stays
// Reads: params, control, position_sorted, cells
// Writes: shapes: xx, yy, zz, xy; xz, yz, shift.xy, shift.z and company; in spacings, the last two as pairs of halves
// Invariant: walls are mirrors, so that fluid is as flat at them as inside; the fluid is not touched
// Source: J. Yu, G. Turk, "Reconstructing surfaces of particle-based fluids using anisotropic kernels", ACM TOG 32 (2013),
//   section 4; squares of C instead of its eigenvectors, mirrors and the half space are our own
// Oracle: shapeOf of render/pass
//import common/control.wgsl
//import common/rows.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(3) @binding(0) var<storage, read_write> shapes: array<vec4<u32>>;

const LARGE = 0.95;         // half axes where there is fluid all around [spacings]
const THIN = 0.25;          // and least ones at a surface
const STOUT = 0.5;          // and in a sheet or a jet, which has nothing below
const FULL = 0.15;          // c0 / h^2: the variance of a full ball of that weight

// Share of the weight of a ball that lies within u radii beside a plane through its middle.
fn half_share(u: f32) -> f32 {
    let u3 = u * u * u;
    return 3.0 * (0.3 * u - u3 / 6.0 + u3 * u3 / 30.0);
}

// How far outside the surface of a half space lies that fills this share of a ball [radii].
fn surface_at(share: f32) -> f32 {
    let wanted = clamp(share - 0.5, -0.35, 0.45);
    var u = 1.1 * wanted;
    for (var k = 0; k < 4; k++) {
        let a = abs(u);
        let slope = 3.0 * (0.3 - 0.5 * a * a + 0.2 * a * a * a * a * a);
        u -= (sign(u) * half_share(a) - wanted) / max(slope, 0.1);
    }
    return u;
}

// What the neighbourhood adds up to. The matrix is symmetric: its diagonal, and xy, xz, yz beside it.
struct Company {
    weight: f32,
    mean: vec3<f32>,
    straight: vec3<f32>,
    beside: vec3<f32>,
}

fn add_one(sum: ptr<function, Company>, to: vec3<f32>) {
    let q2 = dot(to, to) * params.inv_support * params.inv_support;
    if (q2 >= 1.0) {
        return;
    }
    let w = 1.0 - q2 * sqrt(q2);
    (*sum).weight += w;
    (*sum).mean += w * to;
    (*sum).straight += w * to * to;
    (*sum).beside += w * to.xxy * to.yzz;
}

// Along an axis: where the mirror images of a neighbour are that lies at 0, x: at the lower side, y: at the upper one.
fn mirrors(x: vec3<f32>) -> array<vec3<f32>, 2> {
    let far = vec3<f32>(1e9);
    let sides = vec3<u32>(0u, 2u, 4u);
    let bits = vec3<u32>(params.closed_sides);
    let low = ((bits >> sides) & vec3<u32>(1u)) == vec3<u32>(1u);
    let high = ((bits >> (sides + 1u)) & vec3<u32>(1u)) == vec3<u32>(1u);
    var down = select(far, x - params.domain_min.xyz, low);
    var up = select(far, params.domain_max.xyz - x, high);
    // A flow in a plane is a slice of one that is like it all along z. No `if`: lavapipe makes a kernel with loops anew, and never gives the
    // old one back, wherever a branch hangs on a uniform and that uniform was bound anew.
    let plane = params.reach_z == 0u;
    down.z = select(down.z, 0.5 * params.spacing, plane);
    up.z = select(up.z, 0.5 * params.spacing, plane);
    return array<vec3<f32>, 2>(-2.0 * max(down, vec3<f32>(0.0)), 2.0 * max(up, vec3<f32>(0.0)));
}

@compute @workgroup_size(WORKGROUP)
fn water_shape(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (i >= min(control.live, arrayLength(&position_sorted)) || 2u * i + 1u >= arrayLength(&shapes)) {
        return;
    }
    let x = position_sorted[i].xyz;
    let h = params.support_radius;
    let images = mirrors(x);
    // which images there are at all: 0 the particle, 1 below, 2 above
    let below = images[0] > vec3<f32>(-2.0 * h);
    let above = images[1] < vec3<f32>(2.0 * h);
    let near_wall = any(below | above);
    var sum = Company(0.0, vec3<f32>(0.0), vec3<f32>(0.0), vec3<f32>(0.0));
    //frame common/near.wgsl
        if (j >= control.live) {
            continue;
        }
        let to = -away;
        add_one(&sum, to);
        if (!near_wall) {
            continue;
        }
        for (var k = 1; k < 27; k++) {
            let which = vec3<i32>(k % 3, (k / 3) % 3, k / 9);
            let down = which == vec3<i32>(1);
            let up = which == vec3<i32>(2);
            if (any((down & !below) | (up & !above))) {
                continue;
            }
            add_one(&sum, select(select(to, images[0] - to, down), images[1] - to, up));
        }
    //end
    if (sum.weight <= 0.0) {
        // nothing was sorted yet
        shapes[2u * i] = bitcast<vec4<u32>>(vec4<f32>(vec3<f32>(LARGE * LARGE), 0.0));
        shapes[2u * i + 1u] = vec4<u32>(0u, 0u, 0u, pack2x16float(vec2<f32>(0.0, 0.9)));
        return;
    }
    let d = params.spacing;
    let mean = sum.mean / sum.weight;
    let norm = 1.0 / (FULL * h * h);
    let straight = norm * (sum.straight / sum.weight - mean * mean);
    let beside = norm * (sum.beside / sum.weight - mean.xxy * mean.yzz);
    // share of a whole ball of fluid
    let share = sum.weight * d * d * d * 3.0 / (6.2831853 * h * h * h);
    let least = mix(STOUT, THIN, smoothstep(0.3, 0.65, share));
    // the square of the matrix
    let xx = dot(vec3<f32>(straight.x, beside.x, beside.y), vec3<f32>(straight.x, beside.x, beside.y));
    let yy = dot(vec3<f32>(beside.x, straight.y, beside.z), vec3<f32>(beside.x, straight.y, beside.z));
    let zz = dot(vec3<f32>(beside.y, beside.z, straight.z), vec3<f32>(beside.y, beside.z, straight.z));
    let xy = dot(vec3<f32>(straight.x, beside.x, beside.y), vec3<f32>(beside.x, straight.y, beside.z));
    let xz = dot(vec3<f32>(straight.x, beside.x, beside.y), vec3<f32>(beside.y, beside.z, straight.z));
    let yz = dot(vec3<f32>(beside.x, straight.y, beside.z), vec3<f32>(beside.y, beside.z, straight.z));
    let whole = LARGE * LARGE * vec3<f32>(xx, yy, zz) + least * least;
    let part = LARGE * LARGE * vec3<f32>(xy, xz, yz);
    // how far it has to go out of the fluid
    let away = length(mean);
    let out = -mean / max(away, 1e-9 * h);
    let thick = sqrt(max(dot(out, whole * out) + 2.0 * dot(part, out.xxy * out.yzz), 0.0));
    let level = max(surface_at(share) * h / d, 0.15);
    let one_sided = smoothstep(0.03, 0.12, away / h) * (1.0 - smoothstep(0.9, 1.5, level));
    let shift = out * (clamp(level - thick, -0.6, 0.6) * one_sided);
    shapes[2u * i] = bitcast<vec4<u32>>(vec4<f32>(whole, part.x));
    shapes[2u * i + 1u] = vec4<u32>(bitcast<u32>(part.y), bitcast<u32>(part.z), pack2x16float(shift.xy), pack2x16float(vec2<f32>(shift.z, share)));
}
