package main

import (
	"bufio"
	"fmt"
	"image"
	_ "image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// desk is a display in memory with a window manager, for one test.
type desk struct {
	t       *testing.T
	display string
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	// Without -noreset it begins anew when its last client leaves, and takes along who
	// comes in that moment: the window manager, now and then.
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		t.Fatalf("the window tests need Xvfb (make setup): %v", err)
	}
	write.Close()
	t.Cleanup(func() { server.Process.Kill(); server.Wait() })
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	d := &desk{t, ":" + strings.TrimSpace(number)}
	manager := d.command("openbox", "--sm-disable")
	if err := manager.Start(); err != nil {
		t.Fatalf("the window tests need openbox (make setup): %v", err)
	}
	t.Cleanup(func() { manager.Process.Kill(); manager.Wait() })
	d.until("a window manager", func() bool {
		// Its list of windows is the last that it makes: a window that comes before may be overlooked.
		out, _ := d.command("xprop", "-root", "_NET_SUPPORTING_WM_CHECK", "_NET_CLIENT_LIST").Output()
		return strings.Count(string(out), "window id") == 2
	})
	return d
}

func (d *desk) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "DISPLAY="+d.display, "HOME="+os.TempDir())
	return c
}

// do runs a program on the display and returns what it printed.
func (d *desk) do(name string, args ...string) string {
	d.t.Helper()
	out, err := d.command(name, args...).CombinedOutput()
	if err != nil {
		d.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// patience is how long the slowest machine may take.
const patience = 60 * time.Second

func (d *desk) until(what string, done func() bool) {
	d.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		if done() {
			return
		}
	}
	d.t.Fatalf("waited in vain for %s", what)
}

// program is fluidsim with an open window.
type program struct {
	*desk
	cmd    *exec.Cmd
	folder string
	input  io.WriteCloser
	id     string // of the window

	mu   sync.Mutex
	said []string // lines of both outputs
	end  chan error
}

// open starts fluidsim in a folder of its own, its panel hidden, and waits for its
// window.
func (d *desk) open(args ...string) *program {
	d.t.Helper()
	return d.openWithPanel(append([]string{"--no-panel"}, args...)...)
}

// openWithPanel does so with the panel, as it was left in the folder CONFIG names.
func (d *desk) openWithPanel(args ...string) *program {
	d.t.Helper()
	p := &program{desk: d, folder: d.t.TempDir(), end: make(chan error, 1)}
	p.cmd = d.command("fluidsim", args...)
	p.cmd.Dir = p.folder
	p.cmd.Env = append(p.cmd.Env, "XDG_PICTURES_DIR="+p.folder, configVariable+"="+filepath.Join(p.folder, "config"))
	var err error
	if p.input, err = p.cmd.StdinPipe(); err != nil {
		d.t.Fatal(err)
	}
	read, write := io.Pipe()
	p.cmd.Stdout, p.cmd.Stderr = write, write
	go func() {
		for lines := bufio.NewScanner(read); lines.Scan(); {
			p.mu.Lock()
			p.said = append(p.said, lines.Text())
			p.mu.Unlock()
		}
	}()
	if err := p.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	go func() { p.end <- p.cmd.Wait(); write.Close() }()
	d.t.Cleanup(func() { p.cmd.Process.Kill() })
	p.until("the window", func() bool {
		select {
		case err := <-p.end:
			d.t.Fatalf("fluidsim ended: %v\n%s", err, p.output())
		default:
		}
		out, _ := d.command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(p.cmd.Process.Pid), "--name", "fluidsim").Output()
		p.id = strings.TrimSpace(string(out))
		return p.id != "" && !strings.Contains(p.id, "\n")
	})
	return p
}

func (p *program) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return strings.Join(p.said, "\n")
}

// line waits for a line that starts like this and was not returned before.
func (p *program) line(start string) string {
	p.t.Helper()
	found := ""
	p.until("a line that starts with "+start+"; it said:\n"+p.output(), func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		for i, line := range p.said {
			if strings.HasPrefix(line, start) {
				found = line
				p.said = p.said[i+1:]
				return true
			}
		}
		return false
	})
	return found
}

func (p *program) say(format string, args ...any) {
	p.t.Helper()
	if _, err := fmt.Fprintf(p.input, format+"\n", args...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *program) title() string {
	out, _ := p.command("xdotool", "getwindowname", p.id).Output()
	return strings.TrimSpace(string(out))
}

func (p *program) titled(what string) {
	p.t.Helper()
	last := ""
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		if last = p.title(); strings.Contains(last, what) {
			return
		}
	}
	p.t.Fatalf("the title does not say %q: %s\n%s", what, last, p.output())
}

// key presses and releases a key, as a hand does it.
func (p *program) key(names ...string) {
	p.t.Helper()
	p.do("xdotool", append([]string{"windowfocus", "--sync", p.id, "key", "--delay", "60"}, names...)...)
}

// ends waits for the program to end and returns its exit code.
func (p *program) ends() int {
	p.t.Helper()
	select {
	case err := <-p.end:
		if err == nil {
			return 0
		}
		if status, ok := p.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			p.t.Fatalf("ended by %v\n%s", status.Signal(), p.output())
		}
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		p.t.Fatalf("did not end\n%s", p.output())
	}
	return -1
}

// shot is what the window looks like on the screen.
func (p *program) shot(name string) image.Image {
	p.t.Helper()
	path := filepath.Join(p.folder, name)
	p.do("import", "-window", p.id, path)
	return readPicture(p.t, path)
}

func readPicture(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return img
}
