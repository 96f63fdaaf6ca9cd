// emit: the admitted candidates become particles, in their order, as long as there is room
// Reads: params, hand, gifts
// Writes: position, velocity, densities, pressures; control (live, born)
// Invariant: the particles before stay as they are; numbers are never given twice
// Source: own; one workgroup, a prefix sum at a time
// Oracle: ref.Emit
//import common/params.wgsl
//import common/control.wgsl
//import common/hand.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read_write> control: Control;
@group(1) @binding(0) var<storage, read_write> position: array<vec4<f32>>;
@group(1) @binding(1) var<storage, read_write> velocity: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read_write> densities: array<vec2<f32>>;
@group(1) @binding(21) var<storage, read_write> pressures: array<f32>;
@group(3) @binding(0) var<storage, read> hand: Hand;
@group(3) @binding(3) var<storage, read> gifts: array<vec4<f32>>;

// Numbers travel as floats, which are exact up to here.
const MAX_PARTICLES = 16777215u;

var<workgroup> admitted: array<u32, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn emit(@builtin(local_invocation_index) lane: u32) {
    let first = control.live;
    let number = control.born;
    let most = min(arrayLength(&position) - min(first, arrayLength(&position)), MAX_PARTICLES - min(number, MAX_PARTICLES));
    let chunks = (hand.added + WORKGROUP - 1u) / WORKGROUP;
    var made = 0u;
    for (var chunk = 0u; chunk < chunks; chunk++) {
        let k = chunk * WORKGROUP + lane;
        var gift = vec4<f32>(0.0);
        if (k < hand.added) {
            gift = gifts[k];
        }
        admitted[lane] = select(0u, 1u, gift.w > 0.0);
        workgroupBarrier();
        var before = 0u;
        var all = 0u;
        for (var other = 0u; other < WORKGROUP; other++) {
            before += select(0u, admitted[other], other < lane);
            all += admitted[other];
        }
        workgroupBarrier();
        let rank = made + before;
        if (gift.w > 0.0 && rank < most) {
            position[first + rank] = vec4<f32>(gift.xyz, f32(number + rank));
            velocity[first + rank] = vec4<f32>(hand.gift.xyz, 0.0);
            densities[first + rank] = vec2<f32>(params.rest_density, 0.0);
            pressures[first + rank] = 0.0;
        }
        made = min(made + all, most);
    }
    // Every lane has read what was there before.
    workgroupBarrier();
    if (lane == 0u) {
        control.live = first + made;
        control.born = number + made;
    }
}
