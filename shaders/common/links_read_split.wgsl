// As links_read.wgsl, with the entries in eight buffers, for devices that cannot bind one so large: the solver puts this file
// in the place of the other.
//import common/links.wgsl

@group(1) @binding(9) var<storage, read> link_counts: array<u32>;
@group(1) @binding(10) var<storage, read> links_0: array<u32>;
@group(1) @binding(11) var<storage, read> links_1: array<u32>;
@group(1) @binding(12) var<storage, read> links_2: array<u32>;
@group(1) @binding(13) var<storage, read> links_3: array<u32>;
@group(1) @binding(14) var<storage, read> links_4: array<u32>;
@group(1) @binding(15) var<storage, read> links_5: array<u32>;
@group(1) @binding(16) var<storage, read> links_6: array<u32>;
@group(1) @binding(17) var<storage, read> links_7: array<u32>;

// Entries in each buffer.
const PART = 10u;

fn link(k: u32, i: u32) -> u32 {
    let at = (k % PART) * arrayLength(&link_counts) + i;
    switch k / PART {
        case 0u: { return links_0[at]; }
        case 1u: { return links_1[at]; }
        case 2u: { return links_2[at]; }
        case 3u: { return links_3[at]; }
        case 4u: { return links_4[at]; }
        case 5u: { return links_5[at]; }
        case 6u: { return links_6[at]; }
        default: { return links_7[at]; }
    }
}
