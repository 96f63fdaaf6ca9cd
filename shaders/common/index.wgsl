// Work is dispatched in two dimensions, because one is capped at 65,535 groups.
const WORKGROUP = 64u;
const MAX_GROUPS = 65535u;

// Values that one workgroup scans.
const SCAN_BLOCK = 1024u;

fn flat_index(id: vec3<u32>, groups: vec3<u32>) -> u32 {
    return id.x + id.y * groups.x * WORKGROUP;
}

// Groups of an indirect dispatch over n invocations.
fn groups_for(n: u32) -> vec3<u32> {
    let groups = (n + WORKGROUP - 1u) / WORKGROUP;
    let x = min(groups, MAX_GROUPS);
    let y = select((groups + x - 1u) / max(x, 1u), 1u, x == 0u);
    return vec3<u32>(x, y, 1u);
}
