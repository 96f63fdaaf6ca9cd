// Package solver moves a scene's particles on the GPU.
//
// New derives every parameter from the scene once, sizes the buffers and compiles every kernel, so that all failure
// happens there. The order of the passes of one sub-step is a value, the Plan; Encode is the only loop over it.
//
// A run is steered by a goal: a simulated time and a step number beyond which sub-steps do nothing. The decision is
// taken on the device, before each sub-step, from the state alone. Encoding too many sub-steps is therefore harmless,
// the host never has to wait to know how many a frame needs, and how a run was cut into frames cannot be seen in
// its result: the same scene on the same adapter gives the same bits live, headless and recorded.
//
// The package must not know windows, files, pictures or the wall clock.
package solver
