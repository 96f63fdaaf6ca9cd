// Where there are no marks, because a row may be in two pieces (periodic axes) or the device binds too few buffers: the solver puts this
// file in the place of those that read and write them, and near.wgsl in that of marked.wgsl.
//import common/marks.wgsl

fn set_marks(word: u32, i: u32, value: u32) {
}
