package ui

// Model is everything that the panel shows, as it is now. The panel keeps no
// reference to it after Frame.
type Model struct {
	Scene      string // title of the open scene
	Source     string // its file, or what else it comes from
	Changed    bool   // it differs from its file
	Scenes     []SceneItem
	Folder     Folder // what the dialog for opening lists
	Dialogs    bool   // the system can show a dialog for opening files
	Problem    string // mistakes in the scene file, in lines of one width; empty: none
	CanUndo    string // what undoing would take back; empty: nothing
	CanRedo    string
	Play       Play
	Groups     []Group
	View       []Choice
	ViewParams []Param // values of the scene that are about the picture
	Range      Range
	Tools      []Tool
	Tool       string // name of the chosen one
	Radius     Amount // of the tool
	Strength   Amount
	Record     Record
	Passes     []PassTime // of a frame
	Steps      []PassTime // of one step of the simulation
	Facts      []Fact
	Series     []Series // statistics over time
	Probes     []Series // readings of the scene's gauges over time
	Log        []Line
	Keys       [][2]string // for the help: key, what it does
	About      string      // version, adapter
}

// SceneItem is a scene that can be opened by its name, or one of the files that were open before.
type SceneItem struct {
	Name, Title, Description string
	Path                     string // of the file; empty: a built-in scene
	Open                     bool   // it is the one that is shown
}

// Folder is a place to open files from.
type Folder struct {
	Path    string
	Entries []Entry
	Error   string
}

// Entry is a folder or a file in a Folder.
type Entry struct {
	Name   string
	Folder bool
}

// Play is where the simulation is.
type Play struct {
	Paused  bool
	Fault   string  // why it stopped itself; empty: it did not
	Time    float64 // [s]
	Length  float64 // of the time line [s]
	Speed   float64 // asked for, simulated seconds a second
	Factor  float64 // reached
	Rate    float64 // frames a second
	Heading float64 // time that it runs on to [s], 0: none
}

// Kind is how a parameter is shown.
type Kind int

const (
	Number  Kind = iota // Numbers has one
	Integer             // the same, whole
	Vector              // Numbers has two or three
	Text                // Text
	Pick                // Text is one of Choices
	Switch              // On
	Colour              // Text is "#rrggbb"
	Marks               // Names are some of Choices
)

// Param is one value of the scene.
type Param struct {
	Path    string // names it in events
	Label   string
	Unit    string
	Help    string
	Kind    Kind
	Numbers []float64
	Text    string
	On      bool
	Names   []string
	Choices []string
	Low     float64 // ends of the slider
	High    float64
	Factors bool   // the slider rises by factors
	Restart bool   // a change starts the fluid again
	Changed bool   // it differs from the scene's file
	File    string // what the file says, in words
	Part    *Part  // of the group that the row is in, nil: none
}

// Part is rows of a group that fold away together.
type Part struct {
	Name  string // names it in the layout
	Label string
	Open  bool // unless the user has said otherwise
}

// Group is parameters under one heading.
type Group struct {
	Name   string // names it in the layout
	Label  string
	Params []Param
	Open   bool // unless the user has said otherwise
}

// Choice is an option with a few values.
type Choice struct {
	Name, Label, Help string
	Values            []string
	Labels            []string // of the values; empty: the values themselves
	Value             string
}

// Range is that of the colour map.
type Range struct {
	Shown     bool
	Auto      bool
	Low, High float64
	Unit      string
	Colours   [][3]float64 // samples of the map, from low to high; sRGB
}

// Tool is a way to reach into the water.
type Tool struct{ Name, Label, Key, Help string }

// Amount is a number with a slider; without a range it is not shown.
type Amount struct {
	Value, Low, High float64
	Unit, Help       string
}

// Record is the state of recording.
type Record struct {
	Running bool
	Path    string
	Frames  int
	Formats []Choice // what a recording can be set to
}

// PassTime is what a part of a frame takes.
type PassTime struct {
	Name         string
	Milliseconds float64
}

// Fact is a number with its name, for a table.
type Fact struct{ Name, Value, Help string }

// Series is curves over a common time.
type Series struct {
	Title, Unit string
	Times       []float32 // [s]
	Curves      []Curve
	Factors     bool // the axis rises by factors
}

// Curve is a value for each of the times of its Series; NaN: none.
type Curve struct {
	Name   string
	Values []float32
}

// Line is a message.
type Line struct {
	Text  string
	Error bool
}
