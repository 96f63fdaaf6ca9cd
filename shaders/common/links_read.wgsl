// Looking neighbours up; links.wgsl says how they lie.
//import common/links.wgsl

@group(1) @binding(8) var<storage, read> links: array<u32>;
@group(1) @binding(9) var<storage, read> link_counts: array<u32>;

fn link(k: u32, i: u32) -> u32 {
    return links[k * arrayLength(&link_counts) + i];
}
