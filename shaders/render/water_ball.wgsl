//import render/particle_data.wgsl

@group(1) @binding(7) var<storage, read> shapes: array<vec4<u32>>;   // see water_shape; one alone: there are none
@group(2) @binding(0) var eye_map: texture_2d<f32>;     // one texel: 1 while the eye is in the fluid

// The ellipsoid that stands for a particle: the square of its matrix, whose diagonal and the members beside it, xy, xz, yz,
// are in square metres, and its centre.
struct Ball {
    centre: vec3<f32>,
    straight: vec3<f32>,
    beside: vec3<f32>,
    company: f32,       // 0 for a particle alone, 1 for one in the fluid or at its surface
    share: f32,         // of a whole ball of fluid around it, 0 to 1
}

// In the fluid balls overlap far enough to leave no gap between them nor at a wall half a spacing away; alone a ball is as
// large as its particle at most, and like the droplets of any splash most are smaller.
fn ball_of(i: u32) -> Ball {
    let d = frame.water.x;
    let small = mix(0.2, 0.55, fract(position[i].w * 0.61803399));
    var out: Ball;
    out.centre = shown_at(i);
    if (2u * i + 1u >= arrayLength(&shapes)) {
        out.company = smoothstep(2.0, 16.0, density[i].y);
        let radius = d * mix(small, 0.9, out.company);
        out.straight = vec3<f32>(radius * radius);
        out.beside = vec3<f32>(0.0);
        out.share = 0.0;
        return out;
    }
    let a = bitcast<vec4<f32>>(shapes[2u * i]);
    let b = shapes[2u * i + 1u];
    let rest = unpack2x16float(b.w);
    out.share = rest.y;
    out.company = smoothstep(0.08, 0.2, rest.y);
    out.centre += d * out.company * vec3<f32>(unpack2x16float(b.z), rest.x);
    out.straight = d * d * mix(vec3<f32>(small * small), a.xyz, out.company);
    out.beside = d * d * out.company * vec3<f32>(a.w, bitcast<f32>(b.x), bitcast<f32>(b.y));
    return out;
}

// A matrix of that form times a vector.
fn times(straight: vec3<f32>, beside: vec3<f32>, v: vec3<f32>) -> vec3<f32> {
    return straight * v + vec3<f32>(beside.x * v.y + beside.y * v.z, beside.x * v.x + beside.z * v.z, beside.y * v.x + beside.z * v.y);
}

const INSIDE = 0.96;    // share from which on others lie before a particle, whichever way one looks at it

// Whether no eye can see a particle's ball: it is deep in the fluid, and not at a side
// of the domain or a cut through which one looks; or it is cut away.
fn is_hidden(ball: Ball, side: f32) -> bool {
    let reach = 1.2 * frame.water.x;
    let low = ball.centre < frame.domain_min.xyz + reach;
    let high = ball.centre > frame.domain_max.xyz - reach;
    let all_sides = vec3<bool>(side < 0.0);
    let seen = (low & (all_sides | (frame.eye.xyz < frame.domain_min.xyz))) | (high & (all_sides | (frame.eye.xyz > frame.domain_max.xyz)));
    let before_cut = frame.cut.w - dot(frame.cut.xyz, ball.centre);
    let cut_seen = before_cut < reach && (side < 0.0 || is_cut(frame.eye.xyz));
    return before_cut < -frame.water.x || (ball.share > INSIDE && !any(seen) && !cut_seen);
}

// The inverse of such a matrix, as one of its form.
struct Inverse {
    straight: vec3<f32>,
    beside: vec3<f32>,
}

fn inverse_of(straight: vec3<f32>, beside: vec3<f32>) -> Inverse {
    let scale = 1.0 / max(straight.x + straight.y + straight.z, 1e-30);     // squares of metres are small numbers
    let s = straight * scale;
    let b = beside * scale;
    let minor = s.yxx * s.zzy - b.zyx * b.zyx;
    let other = vec3<f32>(b.y * b.z - b.x * s.z, b.x * b.z - b.y * s.y, b.x * b.y - b.z * s.x);
    let part = scale / max(s.x * minor.x + b.x * other.x + b.y * other.y, 1e-9);
    return Inverse(minor * part, other * part);
}

// -1 while the eye is in the fluid, else 1.
fn eye_side() -> f32 {
    return 1.0 - 2.0 * textureLoad(eye_map, vec2<i32>(0), 0).x;
}
