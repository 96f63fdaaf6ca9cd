// Looking marks up; marks.wgsl says how they lie.
//import common/marks.wgsl

@group(1) @binding(60) var<storage, read> marks: array<u32>;

fn marks_of(word: u32, i: u32) -> u32 {
    return marks[word * (arrayLength(&marks) / MARK_WORDS) + i];
}
