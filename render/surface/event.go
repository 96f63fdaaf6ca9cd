package surface

// Event is something that happened to the window. Positions are in pixels of the framebuffer, from
// its upper left corner, whatever the monitor's scale.
type Event interface{ event() }

// Modifiers held during an event.
type Modifiers struct{ Shift, Control, Alt, Super bool }

// Button of the mouse.
type Button int

const (
	Left Button = iota
	Right
	Middle
)

// Key names a key: the lower-case character that it types without modifiers in the user's own
// layout ("a", ".", "+"), or one of the names below.
type Key string

const (
	KeySpace     Key = "space"
	KeyEscape    Key = "escape"
	KeyEnter     Key = "enter"
	KeyTab       Key = "tab"
	KeyBackspace Key = "backspace"
	KeyInsert    Key = "insert"
	KeyDelete    Key = "delete"
	KeyLeft      Key = "left"
	KeyRight     Key = "right"
	KeyUp        Key = "up"
	KeyDown      Key = "down"
	KeyPageUp    Key = "page up"
	KeyPageDown  Key = "page down"
	KeyHome      Key = "home"
	KeyEnd       Key = "end"
	KeyF1        Key = "f1"
	KeyF2        Key = "f2"
	KeyF3        Key = "f3"
	KeyF4        Key = "f4"
	KeyF5        Key = "f5"
	KeyF6        Key = "f6"
	KeyF7        Key = "f7"
	KeyF8        Key = "f8"
	KeyF9        Key = "f9"
	KeyF10       Key = "f10"
	KeyF11       Key = "f11"
	KeyF12       Key = "f12"
)

type (
	// KeyEvent is a key going down, repeating while held, or going up.
	KeyEvent struct {
		Key          Key
		Down, Repeat bool
		Modifiers    Modifiers
	}
	// TextEvent is text as it was typed, whatever keys that took.
	TextEvent struct{ Text string }
	// ButtonEvent is a mouse button going down or up.
	ButtonEvent struct {
		Button    Button
		Down      bool
		X, Y      float64
		Modifiers Modifiers
	}
	// MoveEvent is a motion of the mouse; a drag when a button is held.
	MoveEvent struct {
		X, Y, DX, DY float64
		Held         [3]bool // by Button
		Modifiers    Modifiers
	}
	// ScrollEvent is a turn of the wheel in notches, or of two fingers in fractions of one.
	ScrollEvent struct {
		X, Y, DX, DY float64
		Modifiers    Modifiers
	}
	// DropEvent is files dropped onto the window.
	DropEvent struct{ Paths []string }
	// ResizeEvent tells the framebuffer's new size [pixels]; it may be 0.
	ResizeEvent struct{ Width, Height int }
	// ScaleEvent tells the monitor's new content scale, by which an interface should be enlarged.
	ScaleEvent struct{ Scale float64 }
	// FocusEvent tells whether the keyboard is ours.
	FocusEvent struct{ Focused bool }
	// IconifyEvent tells whether the window was minimised.
	IconifyEvent struct{ Iconified bool }
	// RefreshEvent asks for a new picture: the window was uncovered.
	RefreshEvent struct{}
	// CloseEvent is the wish to close the window.
	CloseEvent struct{}
)

func (KeyEvent) event()     {}
func (TextEvent) event()    {}
func (ButtonEvent) event()  {}
func (MoveEvent) event()    {}
func (ScrollEvent) event()  {}
func (DropEvent) event()    {}
func (ResizeEvent) event()  {}
func (ScaleEvent) event()   {}
func (FocusEvent) event()   {}
func (IconifyEvent) event() {}
func (RefreshEvent) event() {}
func (CloseEvent) event()   {}
