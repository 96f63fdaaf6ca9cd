// Command fluidsim shows, records and measures fluid simulations described by
// scene files.
//
//	fluidsim [SCENE]            a window
//	fluidsim record SCENE -o X  frames, a video or a picture
//	fluidsim run SCENE          no drawing: statistics, gauges and a hash of the end state
//
// This package is the only one that knows the command line, the window's keys
// and the words a user reads. It glues the others together: a scene
// (sim/scene) becomes particles (sim/seed), a solver (sim/solver) moves them, a
// renderer (render/pass) draws them into a target that a window
// (render/surface) or a recording (render/capture) takes.
//
// # Exit codes
//
//	0    done
//	1    something about the scene, the files or the simulation is wrong
//	2    the command line is wrong
//	3    there is no usable GPU
//	130  stopped with Ctrl-C; what was finished by then is whole
//
// # For tests
//
// Two hidden flags of the window drive it from a script. --exit-after-frames N
// closes it after N displayed frames. --commands reads lines from standard
// input between frames and does what they say: the name of an action of the
// key map ("pause", "reset", "capture"), "open FILE", "steps N" (run on to
// exactly step N, then pause), "hash" (print the state's hash), "title" (print
// the title), "size" (print the size of the picture), "camera" (print where it stands and
// looks), "frames N" (wait until N more frames were displayed), "control NAME" (print
// where the panel has drawn that control), "set KEY=VALUE" (change the scene as the
// panel does), "value KEY" (print what it is now), "quit".
package main
