// Package surface is the window: GLFW, the swap chain and their moods. It shows finished pictures
// and turns what people do into plain events. GLFW's types stay inside.
//
// Everything must be called from the main goroutine, locked to its thread. The package must not
// know scenes or solvers.
package surface

import (
	"bytes"
	"errors"
	"fmt"
	"log"
	"math"
	"os"
	"runtime"
	"strings"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/cogentcore/webgpu/wgpuglfw"
	"github.com/go-gl/glfw/v3.3/glfw"
)

// Options of New.
type Options struct {
	Title         string
	Width, Height int // of the content, before the monitor's scale is applied
	NoVSync       bool
}

// NoDisplayError says that there is no screen to open a window on.
type NoDisplayError struct{ Reason string }

func (e *NoDisplayError) Error() string {
	return "there is no display to open a window on: " + e.Reason
}

// Window is a window on the screen.
type Window struct {
	window *glfw.Window
	vsync  bool
	events []Event
	chain  *chain

	mouseX, mouseY float64
	held           [3]bool
	modifiers      Modifiers

	pointer  Pointer
	pointers map[Pointer]*glfw.Cursor // made so far; GLFW frees them at the end

	minimised, unfocused  bool
	lastScale             float64
	lastWidth, lastHeight int

	fullscreen             bool
	oldX, oldY, oldW, oldH int // where the window was before it filled the screen
}

// guarded runs a call into GLFW, whose Go binding panics on some errors and prints others: both come
// back as errors.
func guarded(call func() error) (err error) {
	var said bytes.Buffer
	writer, flags := log.Writer(), log.Flags()
	log.SetOutput(&said)
	log.SetFlags(0)
	defer func() {
		log.SetOutput(writer)
		log.SetFlags(flags)
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
		if said.Len() > 0 { // what was said first is the cause of what failed then
			err = errors.New(strings.TrimSpace(said.String()))
		}
	}()
	return call()
}

// quietly runs a call whose failure changes nothing for us.
func quietly(call func()) { _ = guarded(func() error { call(); return nil }) }

// New opens a window. The error is a *NoDisplayError when there is no screen.
func New(o Options) (*Window, error) {
	if usesX11() && os.Getenv("DISPLAY") == "" {
		reason := "DISPLAY is not set"
		if os.Getenv("WAYLAND_DISPLAY") != "" {
			reason += " (under Wayland, install XWayland)"
		}
		return nil, &NoDisplayError{reason}
	}
	err := guarded(func() error {
		if err := glfw.Init(); err != nil {
			return err
		}
		glfw.GetMonitors() // panics when Init failed without saying so
		return nil
	})
	if err != nil {
		return nil, &NoDisplayError{plain(err)}
	}
	w := &Window{vsync: !o.NoVSync}
	err = guarded(func() error {
		width, height := fitScreen(max(o.Width, 160), max(o.Height, 120))
		glfw.DefaultWindowHints()
		glfw.WindowHint(glfw.ClientAPI, glfw.NoAPI)
		glfw.WindowHint(glfw.ScaleToMonitor, glfw.True)
		glfw.WindowHintString(glfw.X11ClassName, "fluidsim")
		glfw.WindowHintString(glfw.X11InstanceName, "fluidsim")
		window, err := glfw.CreateWindow(width, height, o.Title, nil, nil)
		w.window = window
		return err
	})
	if w.window == nil {
		glfw.Terminate()
		if err == nil {
			err = errors.New("the window system refused")
		}
		return nil, &NoDisplayError{plain(err)}
	}
	w.listen()
	w.lastScale = w.Scale()
	w.lastWidth, w.lastHeight = w.Size()
	return w, nil
}

func usesX11() bool {
	switch runtime.GOOS {
	case "windows", "darwin", "js":
		return false
	}
	return true
}

// plain takes the library's own words out of an error.
func plain(err error) string {
	text := err.Error()
	for _, prefix := range []string{"PlatformError: ", "APIUnavailable: ", "ErrorCode(65544): ", "X11: "} {
		text = strings.TrimPrefix(text, prefix)
	}
	return text
}

// fitScreen keeps a new window inside the work area of the first monitor.
func fitScreen(width, height int) (int, int) {
	monitor := glfw.GetPrimaryMonitor()
	if monitor == nil {
		return width, height
	}
	_, _, w, h := monitor.GetWorkarea()
	scale, _ := monitor.GetContentScale()
	if w <= 0 || h <= 0 || !(scale > 0) {
		return width, height
	}
	room := math.Min(float64(w)/(float64(width)*float64(scale)), float64(h)/(float64(height)*float64(scale)))
	if room < 1 { // the same shape, smaller, with room for a title bar
		return int(float64(width) * room * 0.92), int(float64(height) * room * 0.92)
	}
	return width, height
}

// Surface makes the window's surface; give it to gpu.Options.
func (w *Window) Surface(instance *wgpu.Instance) (surface *wgpu.Surface, err error) {
	err = guarded(func() error {
		surface = instance.CreateSurface(wgpuglfw.GetSurfaceDescriptor(w.window))
		return nil
	})
	if err == nil && surface == nil {
		err = errors.New("the window system gave no surface to draw on")
	}
	return surface, err
}

// SetTitle changes the window's title.
func (w *Window) SetTitle(title string) { quietly(func() { w.window.SetTitle(title) }) }

// Size is that of the framebuffer [pixels]; 0 when minimised.
func (w *Window) Size() (width, height int) {
	quietly(func() { width, height = w.window.GetFramebufferSize() })
	return width, height
}

// Scale is the monitor's content scale, at least 0.25.
func (w *Window) Scale() float64 {
	var x float32
	quietly(func() { x, _ = w.window.GetContentScale() })
	if !(x >= 0.25) || x > 16 {
		return 1
	}
	return float64(x)
}

// Hidden tells that nothing of the window can be seen: drawing would be in vain.
func (w *Window) Hidden() bool {
	width, height := w.Size()
	return w.minimised || width < 1 || height < 1
}

// Focused tells whether the keyboard is ours.
func (w *Window) Focused() bool { return !w.unfocused }

// hiddenWait is how long Poll rests while nothing can be seen [s].
const hiddenWait = 0.1

// Poll returns what has happened since the last call. It does not wait, except shortly while the
// window is hidden, so that a minimised program does not spin.
func (w *Window) Poll() []Event {
	if w.Hidden() {
		return w.Wait(hiddenWait)
	}
	quietly(glfw.PollEvents)
	return w.take()
}

// Wait returns what has happened, waiting up to a time for something to happen.
func (w *Window) Wait(seconds float64) []Event {
	quietly(func() { glfw.WaitEventsTimeout(math.Max(seconds, 1e-3)) })
	return w.take()
}

// Wake ends a Wait from another goroutine.
func Wake() { quietly(glfw.PostEmptyEvent) }

// take also notices what callbacks sometimes do not tell: sizes and scales are read, not believed.
func (w *Window) take() []Event {
	if width, height := w.Size(); width != w.lastWidth || height != w.lastHeight {
		w.lastWidth, w.lastHeight = width, height
		w.push(ResizeEvent{width, height})
	}
	if scale := w.Scale(); scale != w.lastScale {
		w.lastScale = scale
		w.push(ScaleEvent{scale})
	}
	events := w.events
	w.events = nil
	return events
}

func (w *Window) push(e Event) { w.events = append(w.events, e) }

// ToggleFullscreen fills the monitor that shows most of the window, or goes back to where it was.
func (w *Window) ToggleFullscreen() {
	quietly(func() {
		if w.fullscreen {
			w.window.SetMonitor(nil, w.oldX, w.oldY, max(w.oldW, 1), max(w.oldH, 1), glfw.DontCare)
			w.fullscreen = false
			return
		}
		monitor := w.monitor()
		if monitor == nil {
			return
		}
		mode := monitor.GetVideoMode()
		if mode == nil {
			return
		}
		w.oldX, w.oldY = w.window.GetPos()
		w.oldW, w.oldH = w.window.GetSize()
		w.window.SetMonitor(monitor, 0, 0, mode.Width, mode.Height, mode.RefreshRate)
		w.fullscreen = true
	})
}

// Fullscreen tells whether the window fills a monitor.
func (w *Window) Fullscreen() bool { return w.fullscreen }

// monitor is the one that shows most of the window.
func (w *Window) monitor() *glfw.Monitor {
	x, y := w.window.GetPos()
	width, height := w.window.GetSize()
	var best *glfw.Monitor
	most := -1
	for _, m := range glfw.GetMonitors() {
		mode := m.GetVideoMode()
		if mode == nil {
			continue
		}
		mx, my := m.GetPos()
		across := min(x+width, mx+mode.Width) - max(x, mx)
		down := min(y+height, my+mode.Height) - max(y, my)
		if shown := max(across, 0) * max(down, 0); shown > most {
			best, most = m, shown
		}
	}
	return best
}

// Resize asks the window system for another content size.
func (w *Window) Resize(width, height int) {
	quietly(func() { w.window.SetSize(max(width, 1), max(height, 1)) })
}

// Position is that of the content on the screen.
func (w *Window) Position() (x, y int) {
	quietly(func() { x, y = w.window.GetPos() })
	return x, y
}

// Minimise hides the window.
func (w *Window) Minimise() { quietly(w.window.Iconify) }

// Restore shows a minimised window again.
func (w *Window) Restore() { quietly(w.window.Restore) }

// Close destroys the window. Release the device, which owns the surface, before.
func (w *Window) Close() {
	if w.window == nil {
		return
	}
	w.Disconnect()
	quietly(w.window.Destroy)
	w.window = nil
	quietly(glfw.Terminate)
}

// listen turns GLFW's callbacks into events.
func (w *Window) listen() {
	w.window.SetKeyCallback(func(_ *glfw.Window, key glfw.Key, scancode int, action glfw.Action, mods glfw.ModifierKey) {
		w.modifiers = modifiersOf(mods)
		if name := keyOf(key, scancode); name != "" {
			w.push(KeyEvent{name, action != glfw.Release, action == glfw.Repeat, w.modifiers})
		}
	})
	w.window.SetCharCallback(func(_ *glfw.Window, typed rune) { w.push(TextEvent{string(typed)}) })
	w.window.SetMouseButtonCallback(func(_ *glfw.Window, button glfw.MouseButton, action glfw.Action, mods glfw.ModifierKey) {
		w.modifiers = modifiersOf(mods)
		if which := Button(button); which >= Left && which <= Middle {
			w.held[which] = action == glfw.Press
			w.push(ButtonEvent{which, action == glfw.Press, w.mouseX, w.mouseY, w.modifiers})
		}
	})
	w.window.SetCursorPosCallback(func(_ *glfw.Window, x, y float64) {
		x, y = w.pixels(x, y)
		w.push(MoveEvent{x, y, x - w.mouseX, y - w.mouseY, w.held, w.modifiers})
		w.mouseX, w.mouseY = x, y
	})
	w.window.SetScrollCallback(func(_ *glfw.Window, dx, dy float64) {
		w.push(ScrollEvent{w.mouseX, w.mouseY, dx, dy, w.modifiers})
	})
	w.window.SetDropCallback(func(_ *glfw.Window, names []string) {
		w.push(DropEvent{append([]string(nil), names...)})
	})
	w.window.SetFocusCallback(func(_ *glfw.Window, focused bool) {
		w.unfocused = !focused
		if !focused {
			w.held, w.modifiers = [3]bool{}, Modifiers{} // their release will not reach us
		}
		w.push(FocusEvent{focused})
	})
	w.window.SetIconifyCallback(func(_ *glfw.Window, iconified bool) {
		w.minimised = iconified
		w.push(IconifyEvent{iconified})
	})
	w.window.SetRefreshCallback(func(*glfw.Window) { w.push(RefreshEvent{}) })
	w.window.SetCloseCallback(func(window *glfw.Window) {
		window.SetShouldClose(false) // the program decides
		w.push(CloseEvent{})
	})
}

// pixels converts window coordinates, which some systems measure in points.
func (w *Window) pixels(x, y float64) (float64, float64) {
	width, height := w.window.GetSize()
	across, down := w.window.GetFramebufferSize()
	if width < 1 || height < 1 {
		return x, y
	}
	return x * float64(across) / float64(width), y * float64(down) / float64(height)
}
