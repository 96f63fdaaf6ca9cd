//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const smallScene = `format = 1
[domain]
min = [0, 0, 0]
max = [1, 1, 0.5]
[fluid]
spacing = 0.05
[[fluid.shape]]
type = "box"
min = [0, 0, 0]
max = [0.5, 0.5, 0.5]
`

// Ctrl-C during a recording leaves whole frames, a video that plays, and a word
// about both.
func TestInterruptedRecording(t *testing.T) {
	folder := t.TempDir()
	scene := filepath.Join(folder, "small.toml")
	if err := os.WriteFile(scene, []byte(smallScene), 0o644); err != nil {
		t.Fatal(err)
	}
	frames, video := filepath.Join(folder, "frames"), filepath.Join(folder, "video.mp4")
	c := exec.Command("fluidsim", "record", scene, "-o", frames, "-o", video, "--frames", "100000", "--fps", "100", "--size", "160x90")
	var out strings.Builder
	c.Stdout, c.Stderr = &out, &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(frames, "frame_000004.png")); err == nil {
			break
		}
		if time.Now().After(end) {
			c.Process.Kill()
			t.Fatal("no frames within a minute")
		}
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Fatalf("ended with %v, want exit code %d\n%s", err, exitInterrupted, out.String())
	}
	for _, want := range []string{"wrote " + frames + ": ", "wrote " + video + ": ", "stopped before the end", "state sha256:"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it did not say %q:\n%s", want, out.String())
		}
	}
	if said, err := exec.Command("ffmpeg", "-v", "error", "-i", video, "-f", "null", "-").CombinedOutput(); err != nil || len(said) > 0 {
		t.Errorf("the video does not play: %v %s", err, said)
	}
	entries, err := os.ReadDir(frames)
	if err != nil || len(entries) < 5 {
		t.Fatalf("%d frames, %v", len(entries), err)
	}
	for _, entry := range entries {
		readPicture(t, filepath.Join(frames, entry.Name()))
		if !strings.HasPrefix(entry.Name(), "frame_") {
			t.Errorf("a half file is left: %s", entry.Name())
		}
	}
	left, _ := filepath.Glob(filepath.Join(folder, ".*"))
	if len(left) > 0 {
		t.Errorf("half files are left: %v", left)
	}
}

// A polite kill does the same.
func TestTerminatedRun(t *testing.T) {
	folder := t.TempDir()
	table := filepath.Join(folder, "a.csv")
	c := exec.Command("fluidsim", "run", "dam-break", "--particles", "2k", "--seconds", "1000", "--stats", table)
	var out strings.Builder
	c.Stdout, c.Stderr = &out, &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1500 * time.Millisecond)
	c.Process.Signal(syscall.SIGTERM)
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Fatalf("ended with %v\n%s", err, out.String())
	}
	text, err := os.ReadFile(table)
	if err != nil || !strings.HasPrefix(string(text), "step,") {
		t.Errorf("the table is not whole: %v", err)
	}
	if !strings.Contains(out.String(), "state sha256:") {
		t.Errorf("no summary:\n%s", out.String())
	}
}

// Ctrl-C keeps what the gauges have read.
func TestInterruptedGauges(t *testing.T) {
	folder := t.TempDir()
	readings, picture := filepath.Join(folder, "a.csv"), filepath.Join(folder, "a.png")
	c := exec.Command("fluidsim", "run", "dam-break", "--particles", "2k", "--seconds", "1000", "--probes", readings, "--plot", picture)
	var out strings.Builder
	c.Stdout, c.Stderr = &out, &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * time.Second)
	c.Process.Signal(os.Interrupt)
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Fatalf("ended with %v\n%s", err, out.String())
	}
	rows := len(table(t, readings)["time [s]"])
	if rows < 2 || !strings.Contains(out.String(), fmt.Sprintf("wrote %s (%d rows)", readings, rows)) {
		t.Errorf("%d rows are left\n%s", rows, out.String())
	}
	readPicture(t, picture)
	if left, _ := filepath.Glob(filepath.Join(folder, ".*")); len(left) > 0 {
		t.Errorf("half files are left: %v", left)
	}
}

// Between two frames that are far apart Ctrl-C and a closed terminal are heard
// at once.
func TestInterruptedBetweenFrames(t *testing.T) {
	// Under nohup the tests ignore a closed terminal, and with them what they start, unless they listen.
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGHUP)
	defer signal.Stop(heard)
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGHUP} {
		folder := t.TempDir()
		c := exec.Command("fluidsim", "record", "dam-break", "--particles", "2k", "-o", filepath.Join(folder, "a.mp4"),
			"--fps", "0.001", "--frames", "3", "--size", "64x64")
		var out strings.Builder
		c.Stdout, c.Stderr = &out, &out
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(1500 * time.Millisecond)
		began := time.Now()
		c.Process.Signal(signal)
		watchdog := time.AfterFunc(time.Minute, func() { c.Process.Kill() })
		var exit *exec.ExitError
		if err := c.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
			t.Errorf("%v: ended with %v after %v\n%s", signal, err, time.Since(began), out.String())
		}
		watchdog.Stop()
		if left, _ := filepath.Glob(filepath.Join(folder, ".*")); len(left) > 0 {
			t.Errorf("%v: half files are left: %v", signal, left)
		}
	}
}

// The first signal only asks; what does not listen is ended by the second.
func TestSecondInterruptIsNotKept(t *testing.T) {
	first := interrupts()
	kill := func() {
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
	}
	kill()
	for end := time.Now().Add(10 * time.Second); !first.asked(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("a signal was not noticed")
		}
	}
	second := interrupts() // keeps the test alive
	kill()
	for end := time.Now().Add(10 * time.Second); !second.asked(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("a second signal was not noticed")
		}
	}
	if n := len(first.signals); n > 0 {
		t.Errorf("who was asked already has taken %d more signals", n)
	}
	first.release()
	second.release()
}
