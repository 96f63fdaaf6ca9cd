// Writing neighbours down; links.wgsl says how they lie.
//import common/links.wgsl

@group(1) @binding(8) var<storage, read_write> links: array<u32>;
@group(1) @binding(9) var<storage, read_write> link_counts: array<u32>;

fn set_link(k: u32, i: u32, j: u32) {
    links[k * arrayLength(&link_counts) + i] = j;
}
