// As links_write.wgsl, with the entries in eight buffers, for devices that cannot bind one so large: the solver puts this file
// in the place of the other.
//import common/links.wgsl

@group(1) @binding(9) var<storage, read_write> link_counts: array<u32>;
@group(1) @binding(10) var<storage, read_write> links_0: array<u32>;
@group(1) @binding(11) var<storage, read_write> links_1: array<u32>;
@group(1) @binding(12) var<storage, read_write> links_2: array<u32>;
@group(1) @binding(13) var<storage, read_write> links_3: array<u32>;
@group(1) @binding(14) var<storage, read_write> links_4: array<u32>;
@group(1) @binding(15) var<storage, read_write> links_5: array<u32>;
@group(1) @binding(16) var<storage, read_write> links_6: array<u32>;
@group(1) @binding(17) var<storage, read_write> links_7: array<u32>;

// Entries in each buffer.
const PART = 10u;

fn set_link(k: u32, i: u32, j: u32) {
    let at = (k % PART) * arrayLength(&link_counts) + i;
    switch k / PART {
        case 0u: { links_0[at] = j; }
        case 1u: { links_1[at] = j; }
        case 2u: { links_2[at] = j; }
        case 3u: { links_3[at] = j; }
        case 4u: { links_4[at] = j; }
        case 5u: { links_5[at] = j; }
        case 6u: { links_6[at] = j; }
        default: { links_7[at] = j; }
    }
}
