package surface

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	"image/png"
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fluidsim/fluidsim/render/capture"
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
)

// stage is a window with everything to draw into it.
type stage struct {
	window   *Window
	device   *gpu.Device
	renderer *pass.Renderer
	target   *pass.Target
	camera   view.Camera
	split    bool // draw and present in two submits
	err      error
}

func open(width, height int, noVSync bool) *stage {
	s := &stage{}
	if s.window, s.err = New(Options{Title: "fluidsim test", Width: width, Height: height, NoVSync: noVSync}); s.err != nil {
		return s
	}
	if s.device, s.err = gpu.Open(gpu.Options{Surface: s.window.Surface}); s.err != nil {
		return s
	}
	if s.err = s.window.Connect(s.device); s.err != nil {
		return s
	}
	if s.renderer, s.err = pass.New(s.device, pass.Options{}); s.err != nil {
		return s
	}
	domain := view.Box{Max: view.Vector{2, 1, 1}}
	s.err = s.renderer.SetScene(pass.Scene{Domain: domain, Solids: []pass.Solid{
		{Kind: pass.Sphere, Position: [3]float64{1, 0.4, 0.5}, Radius: 0.3, Colour: pass.Colour{0.8, 0.4, 0.2}},
	}})
	s.camera = view.New(view.Vector{3, 2, 4}, view.Vector{1, 0.5, 0.5}).Fit(domain, 1.5)
	if s.err == nil {
		w, h := s.window.Size()
		s.target, s.err = s.renderer.NewTarget(max(w, 1), max(h, 1))
	}
	return s
}

func (s *stage) close() {
	if s.target != nil {
		s.target.Release()
	}
	if s.renderer != nil {
		s.renderer.Release()
	}
	if s.window != nil {
		s.window.Disconnect()
	}
	if s.device != nil {
		s.device.Release()
	}
	if s.window != nil {
		s.window.Close()
	}
}

// frame is one turn of a program's loop.
func (s *stage) frame() (events []Event, shown bool) {
	events = s.window.Poll()
	if s.err != nil || s.window.Hidden() {
		return events, false
	}
	w, h := s.window.Size()
	if s.err = s.target.Resize(w, h); s.err != nil {
		return events, false
	}
	var e *gpu.Encoder
	if e, s.err = s.device.NewEncoder("frame"); s.err != nil {
		return events, false
	}
	s.renderer.Draw(e, s.target, s.camera, pass.Particles{}, pass.Look{})
	if s.split { // drawn before, shown after
		if s.err = e.Submit(); s.err != nil {
			return events, false
		}
		e = nil
	}
	shown, s.err = s.window.Present(e, s.target)
	return events, shown
}

// until runs frames until a condition holds, at most a few seconds.
func (s *stage) until(what string, t *testing.T, holds func(events []Event, shown bool) bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); {
		events, shown := s.frame()
		if s.err != nil {
			t.Errorf("until %s: %v", what, s.err)
			return
		}
		if holds(events, shown) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("waited in vain until %s", what)
}

func isShown(_ []Event, shown bool) bool { return shown }

func tool(t *testing.T, arguments ...string) string {
	t.Helper()
	out, err := exec.Command("xdotool", arguments...).CombinedOutput()
	if err != nil {
		t.Errorf("xdotool %s: %v: %s", strings.Join(arguments, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

func identity(t *testing.T) string {
	t.Helper()
	ids := strings.Fields(tool(t, "search", "--name", "fluidsim test"))
	if len(ids) == 0 {
		t.Error("the window is not on the screen")
		return "0"
	}
	return ids[len(ids)-1]
}

// photograph is what the screen shows where the window's content is.
func (s *stage) photograph(t *testing.T) *image.NRGBA {
	t.Helper()
	data, err := exec.Command("import", "-silent", "-window", "root", "png:-").Output()
	if err != nil {
		t.Errorf("import: %v", err)
		return nil
	}
	screen, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Errorf("screenshot: %v", err)
		return nil
	}
	x, y := s.window.Position()
	w, h := s.window.Size()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, screen, image.Pt(x, y), draw.Src)
	return out
}

// compare wants the screen to show the target, pixel for pixel.
func (s *stage) compare(t *testing.T) {
	t.Helper()
	want, err := capture.Read(s.target)
	if err != nil {
		t.Error(err)
		return
	}
	var different, worst int
	for range 20 { // the server may be a moment late
		got := s.photograph(t)
		if got == nil || got.Rect != want.Rect {
			t.Errorf("screenshot of another size than the picture %v", want.Rect)
			return
		}
		different, worst = 0, 0
		for i := range want.Pix {
			if d := int(max(got.Pix[i], want.Pix[i])) - int(min(got.Pix[i], want.Pix[i])); d > 0 {
				different++
				worst = max(worst, d)
			}
		}
		if different == 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
		s.frame()
	}
	t.Errorf("%d bytes differ between screen and picture, the worst by %d", different, worst)
}

func TestWindowShowsThePicture(t *testing.T) {
	onMain(t, func() {
		for _, noVSync := range []bool{false, true} {
			s := open(600, 400, noVSync)
			if s.err != nil {
				t.Error(s.err)
			} else {
				s.split = noVSync
				s.until("a frame is shown", t, isShown)
				for range 10 {
					s.frame()
				}
				s.compare(t)
			}
			s.close()
		}
	})
}

func TestResizeStorm(t *testing.T) {
	onMain(t, func() {
		s := open(500, 400, true)
		defer s.close()
		if s.err != nil {
			t.Error(s.err)
			return
		}
		s.until("a frame is shown", t, isShown)
		id := identity(t)
		resized := 0
		for k := range 40 {
			width, height := 200+(k*137)%700, 150+(k*211)%500
			if k%2 == 0 {
				s.window.Resize(width, height)
			} else if err := exec.Command("xdotool", "windowsize", id, strconv.Itoa(width), strconv.Itoa(height)).Start(); err != nil {
				t.Error(err)
			}
			for range 3 {
				events, _ := s.frame()
				for _, e := range events {
					if _, ok := e.(ResizeEvent); ok {
						resized++
					}
				}
			}
			if s.err != nil {
				t.Error(s.err)
				return
			}
		}
		if resized < 5 {
			t.Errorf("%d resize events in a storm of 40", resized)
		}
		s.window.Resize(640, 480)
		s.until("the last size is shown", t, func(_ []Event, shown bool) bool {
			w, h := s.target.Size()
			return shown && w == 640 && h == 480
		})
		s.compare(t)
		s.window.Resize(1, 1) // as small as the window system lets it be
		for range 10 {
			s.frame()
		}
		if s.err != nil {
			t.Error(s.err)
		}
	})
}

func TestMinimiseAndRestore(t *testing.T) {
	onMain(t, func() {
		s := open(400, 300, true)
		defer s.close()
		if s.err != nil {
			t.Error(s.err)
			return
		}
		s.until("a frame is shown", t, isShown)
		for range 3 {
			s.window.Minimise()
			told := false
			s.until("the window is hidden", t, func(events []Event, _ bool) bool {
				for _, e := range events {
					if i, ok := e.(IconifyEvent); ok && i.Iconified {
						told = true
					}
				}
				return told && s.window.Hidden()
			})
			start := time.Now()
			for range 3 {
				if _, shown := s.frame(); shown {
					t.Error("a hidden window shows a frame")
				}
			}
			if rested := time.Since(start); rested < 150*time.Millisecond {
				t.Errorf("three frames of a hidden window took %v: it spins", rested)
			}
			if shown, err := s.window.Present(nil, s.target); shown || err != nil {
				t.Errorf("presenting to a hidden window: %v, %v", shown, err)
			}
			s.window.Restore()
			s.until("the window is back", t, isShown)
		}
		s.compare(t)
	})
}

func TestFullscreen(t *testing.T) {
	onMain(t, func() {
		s := open(400, 300, true)
		defer s.close()
		if s.err != nil {
			t.Error(s.err)
			return
		}
		s.until("a frame is shown", t, isShown)
		for range 2 {
			s.window.ToggleFullscreen()
			s.until("the screen is full", t, func(_ []Event, shown bool) bool {
				w, h := s.target.Size()
				return shown && w == 1280 && h == 900
			})
			if !s.window.Fullscreen() {
				t.Error("the window does not know that it is fullscreen")
			}
			s.window.ToggleFullscreen()
			s.until("the window is back", t, func(_ []Event, shown bool) bool {
				w, h := s.target.Size()
				return shown && w == 400 && h == 300
			})
		}
	})
}

func TestEvents(t *testing.T) {
	onMain(t, func() {
		s := open(400, 300, true)
		defer s.close()
		if s.err != nil {
			t.Error(s.err)
			return
		}
		s.until("a frame is shown", t, isShown)
		id := identity(t)
		tool(t, "windowfocus", "--sync", id)
		tool(t, "mousemove", "--window", id, "100", "80")
		tool(t, "mousedown", "1")
		tool(t, "mousemove", "--window", id, "150", "90")
		tool(t, "mouseup", "1")
		tool(t, "click", "4")
		tool(t, "key", "space")
		tool(t, "key", "ctrl+Page_Up")
		tool(t, "key", "g")
		tool(t, "key", "period")
		var drag, press, scroll bool
		keys := map[Key]Modifiers{}
		s.until("all input arrives", t, func(events []Event, _ bool) bool {
			for _, e := range events {
				switch e := e.(type) {
				case MoveEvent:
					drag = drag || e.Held[Left] && e.X == 150 && e.Y == 90
				case ButtonEvent:
					press = press || e.Button == Left && e.Down && e.X == 100 && e.Y == 80
				case ScrollEvent:
					scroll = scroll || e.DY > 0
				case KeyEvent:
					if e.Down {
						keys[e.Key] = e.Modifiers
					}
				}
			}
			return drag && press && scroll && len(keys) >= 4
		})
		if !drag || !press || !scroll {
			t.Errorf("drag %v, press %v, scroll %v", drag, press, scroll)
		}
		for key, control := range map[Key]bool{KeySpace: false, KeyPageUp: true, "g": false, ".": false} {
			if m, ok := keys[key]; !ok || m.Control != control {
				t.Errorf("key %q: pressed %v with %+v; got %v", key, ok, m, keys)
			}
		}
		closing := false
		tool(t, "key", "--window", id, "alt+F4")
		s.until("the window is asked to close", t, func(events []Event, _ bool) bool {
			for _, e := range events {
				if _, ok := e.(CloseEvent); ok {
					closing = true
				}
			}
			return closing
		})
	})
}

func TestNoDisplay(t *testing.T) {
	onMain(t, func() {
		before := os.Getenv("DISPLAY")
		defer os.Setenv("DISPLAY", before)
		for _, display := range []string{"", ":9999", "nonsense"} {
			os.Setenv("DISPLAY", display)
			w, err := New(Options{Title: "none", Width: 300, Height: 200})
			var missing *NoDisplayError
			if w != nil || !errors.As(err, &missing) {
				t.Errorf("with DISPLAY=%q: %v, want a NoDisplayError", display, err)
			}
		}
	})
}

func TestConnectWithoutSurface(t *testing.T) {
	onMain(t, func() {
		w, err := New(Options{Title: "fluidsim test", Width: 300, Height: 200})
		if err != nil {
			t.Error(err)
			return
		}
		defer w.Close()
		d, err := gpu.Open(gpu.Options{})
		if err != nil {
			t.Error(err)
			return
		}
		defer d.Release()
		if err := w.Connect(d); err == nil {
			t.Error("a device without the window's surface connects")
		}
		if _, err := w.Present(nil, nil); err == nil {
			t.Error("an unconnected window presents")
		}
	})
}

func TestManyFramesKeepMemoryFlat(t *testing.T) {
	onMain(t, func() {
		s := open(200, 150, true)
		defer s.close()
		if s.err != nil {
			t.Error(s.err)
			return
		}
		s.until("a frame is shown", t, isShown)
		const warm, early, late, frames = 200, 600, 2200, 2600
		most, least := 0, math.MaxInt
		for k := range frames {
			if k%100 == 0 && k >= warm {
				if k < early {
					most = max(most, gputest.Held(t))
				} else if k >= late {
					least = min(least, gputest.Held(t))
				}
			}
			if s.frame(); s.err != nil {
				t.Error(s.err)
				return
			}
		}
		if grown := least - most; grown > (late-early)*400 {
			t.Errorf("%d frames grew the process by %d kB", late-early, grown/1024)
		} else {
			t.Logf("%d frames grew the process by %d kB", late-early, grown/1024)
		}
	})
}
