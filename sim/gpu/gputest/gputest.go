// Package gputest gives tests a graphics device, a harness that runs one kernel on Go slices, and a way to plant a
// fault in a kernel, so that a test can prove that it would notice. Without an adapter a test fails; it is never
// skipped: the software driver that the error names is enough.
package gputest

import (
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/fluidsim/fluidsim/sim/gpu"
)

var (
	turn   sync.Mutex // held by the test that has the device
	state  sync.Mutex // guards the following
	holder string     // its name
	device *gpu.Device
	failed error
)

// Open gives the one device of this test binary, with timestamps where there are any. Tests take turns: the device
// is this test's, and its subtests', until it ends. Do not release it.
func Open(t testing.TB) *gpu.Device {
	t.Helper()
	state.Lock()
	inside := holder != "" && (t.Name() == holder || strings.HasPrefix(t.Name(), holder+"/"))
	state.Unlock()
	if !inside {
		turn.Lock()
		runtime.LockOSThread()
		state.Lock()
		holder = t.Name()
		state.Unlock()
		t.Cleanup(func() {
			state.Lock()
			holder = ""
			state.Unlock()
			runtime.UnlockOSThread()
			turn.Unlock()
		})
	}
	state.Lock()
	defer state.Unlock()
	if device == nil && failed == nil {
		if device, failed = gpu.Open(gpu.Options{Timestamps: true}); failed == nil {
			device.Shared() // turns are taken by the lock above
		}
	}
	if failed != nil {
		t.Fatalf("this test needs a graphics adapter: %v", failed)
	}
	return device
}

// Run calls fn with the device of Open, locked to its thread.
func Run(t testing.TB, fn func(d *gpu.Device)) {
	t.Helper()
	fn(Open(t))
}
