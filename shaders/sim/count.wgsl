// count: slot[i] = cells[cell(x_i)]++
// Reads: params, control, position
// Writes: cells (occupancy), slot (order of arrival, not yet repeatable: reorder mends that), tally.fault
// Invariant: the sum of cells is control.sorted; particles that are gone count in the bucket after the last cell
// Source: Hoetzlein (2014), Fast fixed-radius nearest neighbors, GTC
// Oracle: ref.Count
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/grid.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(0) var<storage, read> position: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read_write> cells: array<atomic<u32>>;
@group(2) @binding(1) var<storage, read_write> slot: array<u32>;

// A cell this full means that the fluid has collapsed; later loops over it must stay finite.
const CELL_CAPACITY = 512u;

@compute @workgroup_size(WORKGROUP)
fn count(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.sorted) {
        return;
    }
    let p = position[i];
    let cell = cell_of(p);
    let arrival = atomicAdd(&cells[cell], 1u);
    slot[i] = arrival;
    if (p.w < 0.0) {
        return;
    }
    // cell_of clamps, so the sort stays whole even for the particle that is reported here.
    let inside = all(p.xyz >= params.domain_min.xyz) && all(p.xyz <= params.domain_max.xyz);
    if (!inside || !finite3(p.xyz)) {
        atomicOr(&tally.fault, FAULT_COUNT_OUT_OF_DOMAIN);
        atomicMin(&tally.count_particle, particle_id(p.w));
    }
    if (arrival >= CELL_CAPACITY) {
        // Which particle arrives last is chance, so this fault names none.
        atomicOr(&tally.fault, FAULT_COUNT_OVERFLOW);
    }
}
