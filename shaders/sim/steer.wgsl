// steer: where every body is now, and how it moves: by itself, x = anchor + v t + stroke c(t) + R(t) arm - arm, c the swing there and back; or in a hand, x += dt u, with u towards its goal
// Reads: params, control (time, dt of the last step)
// Writes: obstacles (position, axes, velocity, spin, slide), motions (anchor)
// Invariant: by itself a body is where its time says, however long the steps were; in a hand it moves at most a quarter of a spacing in a step as long as the last, so that fluid gets out of its way, and arrives softly; let go of, it goes on from where it is
// Source: own
// Oracle: ref.Steer
//import common/params.wgsl
//import common/control.wgsl
//import common/obstacle.wgsl
//import common/motion.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(3) @binding(0) var<storage, read_write> obstacles: array<Obstacle>;
@group(3) @binding(1) var<storage, read_write> motions: array<Motion>;

// Steps that the last stretch takes at least.
const SOFTNESS = 4.0;
const TWO_PI = 6.2831853;
const FRACTION = 2.3283064e-10; // 2^-32

// How long a body has been moving, and whether it moves now.
struct Elapsed {
    whole: u32, // seconds
    part: f32,
    under_way: bool,
}

fn elapsed(motion: Motion) -> Elapsed {
    if (control.time_s < motion.start_s || control.time_s == motion.start_s && control.time_frac < motion.start_frac) {
        return Elapsed(0u, 0.0, false);
    }
    let frac = control.time_frac - motion.start_frac;
    let whole = control.time_s - motion.start_s - select(0u, 1u, control.time_frac < motion.start_frac);
    if (whole > motion.last_s || whole == motion.last_s && frac >= motion.last_frac) {
        return Elapsed(motion.last_s, f32(motion.last_frac) * FRACTION, false);
    }
    return Elapsed(whole, f32(frac) * FRACTION, true);
}

// Turns at a rate, but for whole ones; step is what whole seconds add, see Motion.
fn turns(step: u32, rate: f32, time: Elapsed) -> f32 {
    return f32(step * time.whole) * FRACTION + rate * time.part;
}

// v turned about an axis of length 1.
fn turn(v: vec3<f32>, axis: vec3<f32>, by: vec2<f32>) -> vec3<f32> {
    return v * by.x + cross(axis, v) * by.y + axis * (dot(axis, v) * (1.0 - by.x));
}

@compute @workgroup_size(WORKGROUP)
fn steer(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let k = flat_index(id, groups);
    if (control.running == 0u || control.prime == 1u || k >= params.obstacle_count) {
        return;
    }
    let body = obstacles[k];
    let motion = motions[k];
    let time = elapsed(motion);
    let moves = select(0.0, 1.0, time.under_way);
    let axis = motion.axis.xyz;

    let first = turned(motion.stroke.w);
    let now = turned(fract(turns(motion.swing_step, motion.arm.w, time) + motion.stroke.w));
    let there = 0.5 * (first.x - now.x);
    let there_rate = moves * 0.5 * TWO_PI * motion.arm.w * now.y;

    let by = turned(fract(turns(motion.turn_step, motion.axis.w, time) + motion.velocity.w * there));
    let spin = axis * (TWO_PI * (moves * motion.axis.w + motion.velocity.w * there_rate));
    let arm = turn(motion.arm.xyz, axis, by);
    let shift = motion.velocity.xyz * (f32(time.whole) + time.part) + motion.stroke.xyz * there + (arm - motion.arm.xyz);

    let dt = max(control.dt, 1e-6);
    let in_hand = motion.anchor.w == 1.0;
    let x = select(motion.anchor.xyz + shift, body.position.xyz + control.dt * body.velocity.xyz, in_hand);
    let anchor = select(motion.anchor.xyz, x - shift, in_hand);
    let way = body.goal.xyz - x;
    let left = length(way);
    let most = min(body.goal.w, 0.25 * params.spacing / dt);
    let speed = min(most, left / (SOFTNESS * dt));
    let held = body.goal.w > 0.0;
    let own = moves * motion.velocity.xyz + there_rate * motion.stroke.xyz + cross(spin, arm);

    motions[k].anchor = vec4<f32>(anchor, select(0.0, 1.0, held));
    obstacles[k].position = vec4<f32>(x, body.position.w);
    obstacles[k].velocity = vec4<f32>(select(own, way * (speed / max(left, 1e-12)), held), 0.0);
    obstacles[k].axis_x = vec4<f32>(turn(motion.rest_x.xyz, axis, by), 0.0);
    obstacles[k].axis_y = vec4<f32>(turn(motion.rest_y.xyz, axis, by), 0.0);
    obstacles[k].axis_z = vec4<f32>(turn(motion.rest_z.xyz, axis, by), 0.0);
    obstacles[k].spin = vec4<f32>(spin, 0.0);
    obstacles[k].slide = vec4<f32>(moves * motion.slide.xyz, 0.0);
}
