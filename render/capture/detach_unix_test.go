//go:build unix

package capture

import (
	"path/filepath"
	"syscall"
	"testing"
)

func TestCtrlCDoesNotReachFFmpeg(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.mp4")
	sink := record(t, path, small, 5).(*videoSink)
	group, err := syscall.Getpgid(sink.command.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	if group == syscall.Getpgrp() {
		t.Error("ffmpeg is in our process group: the terminal's Ctrl-C would end it before the file is finished")
	}
	if err := sink.Abort(); err != nil {
		t.Fatal(err)
	}
	if got := probe(t, path); got != "h264,64,48,30/1,5" {
		t.Errorf("ffprobe says %q", got)
	}
}
