// The neighbours of every particle, found once a step: entry k of particle i is links[k * stride + i], with room for
// stride particles, so that neighbouring invocations read neighbouring words. Fluid neighbours fill the entries from the front, boundary
// samples from the back.
const LINKS = 64u;

// Both numbers of entries in one word: fluid in the low half, boundary in the high half.
fn pack_counts(fluid: u32, wall: u32) -> u32 {
    return fluid | (wall << 16u);
}

fn fluid_count(packed: u32) -> u32 {
    return packed & 0xffffu;
}

fn wall_count(packed: u32) -> u32 {
    return packed >> 16u;
}
