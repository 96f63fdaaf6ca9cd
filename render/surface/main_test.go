package surface

import (
	"bufio"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
)

// work is run on the main thread, where windows live.
var work = make(chan func())

func init() { runtime.LockOSThread() }

// TestMain starts a screen of its own, with a window manager: the tests minimise, resize and
// photograph, which is no one's own desktop's business.
func TestMain(m *testing.M) {
	stop := startScreen()
	code := make(chan int)
	go func() { code <- m.Run() }()
	for {
		select {
		case fn := <-work:
			fn()
		case c := <-code:
			stop()
			os.Exit(c)
		}
	}
}

// onMain runs a test's body on the main thread. The body must not call t.Fatal, which would end it.
func onMain(t *testing.T, body func()) {
	t.Helper()
	done := make(chan struct{})
	work <- func() {
		defer close(done)
		body()
	}
	<-done
}

func startScreen() (stop func()) {
	if runtime.GOOS != "linux" {
		return func() {}
	}
	read, write, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	screen := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp")
	screen.ExtraFiles = []*os.File{write}
	if err := screen.Start(); err != nil {
		panic("these tests need Xvfb (Debian: apt install xvfb openbox xdotool imagemagick): " + err.Error())
	}
	write.Close()
	number, _ := bufio.NewReader(read).ReadString('\n')
	os.Setenv("DISPLAY", ":"+strings.TrimSpace(number))
	manager := exec.Command("openbox")
	if err := manager.Start(); err != nil {
		panic("these tests need openbox: " + err.Error())
	}
	for range 100 { // until the manager answers
		if exec.Command("xdotool", "get_desktop").Run() == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return func() {
		manager.Process.Kill()
		screen.Process.Kill()
		manager.Wait()
		screen.Wait()
	}
}
