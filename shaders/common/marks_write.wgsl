// Writing marks down; marks.wgsl says how they lie.
//import common/marks.wgsl

@group(1) @binding(60) var<storage, read_write> marks: array<u32>;

fn set_marks(word: u32, i: u32, value: u32) {
    marks[word * (arrayLength(&marks) / MARK_WORDS) + i] = value;
}
