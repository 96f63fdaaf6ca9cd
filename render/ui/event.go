package ui

// Event is something that the user wants.
type Event interface{ isEvent() }

type (
	// Act is an action by the name that the key map has for it, too: "pause".
	Act struct{ Name string }
	// Seek runs on to a simulated time [s], from the beginning if that is past.
	Seek struct{ Time float64 }
	// SetSpeed is the wish for another playback speed.
	SetSpeed struct{ Speed float64 }
	// Open opens a scene by its name.
	Open struct{ Name string }
	// OpenFile opens a scene file.
	OpenFile struct{ Path string }
	// List asks for another Folder in the Model.
	List struct{ Path string }
	// Browse asks the system for its dialog.
	Browse struct{}
	// Save writes the scene; Path empty: to its own file.
	Save struct{ Path string }
	// Undo takes the last change of a parameter back, Redo makes it again.
	Undo struct{}
	Redo struct{}
	// Set changes a parameter. Value is a float64, []float64, string, bool or
	// []string; Done ends a change that was going on, as of a slider that is let go.
	Set struct {
		Path  string
		Value any
		Done  bool
	}
	// Reset gives a parameter the value of the scene's file again.
	Reset struct{ Path string }
	// Choose gives a Choice another value.
	Choose struct{ Name, Value string }
	// SetRange changes the range of the colour map.
	SetRange struct {
		Auto      bool
		Low, High float64
	}
	// UseTool takes another tool, SetTool changes its numbers.
	UseTool struct{ Name string }
	SetTool struct{ Radius, Strength float64 }
	// ClearLog forgets the messages.
	ClearLog struct{}
)

func (Act) isEvent()      {}
func (Seek) isEvent()     {}
func (SetSpeed) isEvent() {}
func (Open) isEvent()     {}
func (OpenFile) isEvent() {}
func (List) isEvent()     {}
func (Browse) isEvent()   {}
func (Save) isEvent()     {}
func (Undo) isEvent()     {}
func (Redo) isEvent()     {}
func (Set) isEvent()      {}
func (Reset) isEvent()    {}
func (Choose) isEvent()   {}
func (SetRange) isEvent() {}
func (UseTool) isEvent()  {}
func (SetTool) isEvent()  {}
func (ClearLog) isEvent() {}
