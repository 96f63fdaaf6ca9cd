// Package gpu is the program's one door to WebGPU: adapter and device, buffers, compute kernels, command encoding,
// timestamps and reading back. Everything in it that looks cautious cures a way in which the library would abort the
// whole process, return wrong bytes or leak; each cure has a test.
//
// Rules for callers:
//
//   - One goroutine, locked to its OS thread (runtime.LockOSThread), opens the device and makes every call. The
//     library keeps one stack of error scopes per device: calls from elsewhere would take each other's errors, so
//     they are refused.
//   - Whoever makes an object releases it, once. Objects may be released before the GPU has finished with them.
//   - Keep submits short (one step each): nothing may wait for seconds of work in the queue.
//
// It must not know particles, scenes or windows.
package gpu
