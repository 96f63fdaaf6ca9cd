//go:build !js

package gputest

import (
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
)

// Held is what the process holds beside Go's own heap, which grows and shrinks as it likes [bytes]. The driver's threads make
// it wander by a megabyte: to find a leak, hold the least of some late readings against the most of some early ones. Where the
// system does not tell, it is always 0.
func Held(t *testing.T) int {
	t.Helper()
	debug.FreeOSMemory()
	if runtime.GOOS != "linux" {
		return 0
	}
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Error(err)
		return 0
	}
	pages, err := strconv.Atoi(strings.Fields(string(text))[1])
	if err != nil {
		t.Error(err)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return pages*os.Getpagesize() - int(m.Sys-m.HeapReleased)
}
