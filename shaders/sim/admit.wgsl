// admit: gifts[k].w = 1 where no live particle is within four fifths of a spacing of candidate k and no obstacle within half of one, else 0
// Reads: params, control, position, cells (of the last sort), hand.added, obstacles
// Writes: gifts.w
// Invariant: added fluid starts in no other particle's place, nor in that of one added since the last sort
// Source: own
// Oracle: ref.Admit
//import common/params.wgsl
//import common/control.wgsl
//import common/hand.wgsl
//import common/rows.wgsl
//import common/obstacle.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(0) var<storage, read> position: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(3) @binding(0) var<storage, read> hand: Hand;
@group(3) @binding(4) var<storage, read> obstacles: array<Obstacle>;
@group(3) @binding(3) var<storage, read_write> gifts: array<vec4<f32>>;

// In spacings: a little less than neighbours on the lattice keep.
const ROOM = 0.8;

// Particles may be added this often before the next sort; more are refused, so that no loop is endless.
const UNSORTED = 16384u;

fn taken(x: vec3<f32>, j: u32) -> bool {
    let p = position[j];
    let away = apart(x, p.xyz);
    let room = ROOM * params.spacing;
    return p.w >= 0.0 && dot(away, away) < room * room;
}

fn free(x: vec3<f32>) -> bool {
    for (var k = 0u; k < params.obstacle_count; k++) {
        if (obstacle_distance(obstacles[k], x) < 0.5 * params.spacing) {
            return false;
        }
    }
    let square = params.support_squared;
    let reach = i32(params.reach);
    //frame common/candidates.wgsl
        if (taken(x, j)) {
            return false;
        }
    //end
    let sorted = cells[params.grid_size.w];
    if (control.live > sorted + UNSORTED) {
        return false;
    }
    for (var j = sorted; j < control.live; j++) {
        if (taken(x, j)) {
            return false;
        }
    }
    return true;
}

@compute @workgroup_size(WORKGROUP)
fn admit(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let k = flat_index(id, groups);
    if (k >= hand.added) {
        return;
    }
    gifts[k].w = select(0.0, 1.0, free(gifts[k].xyz));
}
