// note: applied[sequence mod its length] = step: the input takes effect between this step and the next; the line of sight is empty
// Reads: control, hand
// Writes: applied, answer
// Invariant: an input that is sent again before that step is the same input
// Source: own
// Oracle: ref.Note
//import common/control.wgsl
//import common/hand.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(3) @binding(0) var<storage, read> hand: Hand;
@group(3) @binding(1) var<storage, read_write> answer: Answer;
@group(3) @binding(2) var<storage, read_write> applied: array<u32>;

@compute @workgroup_size(1)
fn note() {
    applied[hand.sequence % arrayLength(&applied)] = control.step;
    atomicStore(&answer.depth, 0xffffffffu);
    answer.pick = hand.sequence;
}
