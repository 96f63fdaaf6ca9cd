// copy: to_i = from_i, 16 bytes each: what memory alone allows
// Reads: from_words
// Writes: to_words
// Invariant: every element is read once and written once
// Source: own; McCalpin (1995), STREAM, copy
// Oracle: TestCopyCopies
//import common/index.wgsl

@group(0) @binding(0) var<storage, read> from_words: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> to_words: array<vec4<u32>>;

@compute @workgroup_size(WORKGROUP)
fn copy(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (i < arrayLength(&to_words)) {
        to_words[i] = from_words[i];
    }
}
