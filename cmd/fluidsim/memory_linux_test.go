package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// A long recording takes no more memory than a short one: every frame gives
// back what it took, in Go, in the graphics library and in the driver.
func TestLongRecordingStaysSmall(t *testing.T) {
	folder := t.TempDir()
	scene := filepath.Join(folder, "small.toml")
	if err := os.WriteFile(scene, []byte(smallScene), 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("fluidsim", "record", scene, "-o", filepath.Join(folder, "frames"), "--frames", "2000", "--fps", "1000", "--size", "64x48", "--particles", "100")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer c.Process.Kill()
	// resident waits for a frame and tells the memory in use then.
	resident := func(frame int) (kilobytes int) {
		name := filepath.Join(folder, "frames", fmt.Sprintf("frame_%06d.png", frame))
		for end := time.Now().Add(3 * time.Minute); ; time.Sleep(5 * time.Millisecond) {
			if _, err := os.Stat(name); err == nil {
				break
			}
			if time.Now().After(end) {
				t.Fatalf("no frame %d within three minutes", frame)
			}
		}
		var pages, shared int
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", c.Process.Pid))
		if err == nil {
			_, err = fmt.Sscan(string(text), new(int), &pages, &shared)
		}
		if err != nil {
			t.Fatal(err)
		}
		return pages * os.Getpagesize() / 1024
	}
	early := resident(500)
	late := resident(1900)
	if late > early+20_000 {
		t.Errorf("from frame 500 to 1900 the memory grew from %d to %d kB", early, late)
	}
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
}
