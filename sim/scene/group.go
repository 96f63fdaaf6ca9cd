package scene

import "strings"

// group is a table of the format with its keys and sub-tables, made from the
// paths of the description.
type group struct {
	path     string // "fluid.shape[]"; "" is the whole file
	name     string // "shape"
	repeated bool
	keys     []*Key
	groups   []*group
}

// headings says what each table is for.
var headings = map[string]string{
	"":              "The keys at the top of the file, before the first table.",
	"domain":        "The box that holds the fluid. It has walls on all sides unless some are opened.",
	"fluid":         "The material, and how finely it is cut into particles.",
	"fluid.shape[]": "A body of fluid at the start; repeat the table for more. Shapes may overlap: no two particles get the same place. Fluid inside an obstacle is removed, and the program tells how much.",
	"obstacle[]":    "A solid; repeat the table for more. It may reach out of the domain. It stays where it is unless it has a velocity, a stroke, a rock or an rpm: the water feels how it moves, and time steps are so short that it goes no further than the share `time.cfl` of a spacing in each.",
	"solver":        "How the fluid is computed.",
	"time":          "Time steps and playback.",
	"camera":        "The view at the start.",
	"camera.key[]":  "Where the camera is at a moment of a camera path; repeat the table, in the order of time. The camera meets its keys exactly, moves smoothly from one to the next, and rests before the first and after the last. Recordings follow the path, and the window until you move the camera.",
	"view":          "How the fluid is shown.",
	"foam":          "Spray, foam and bubbles: drawn with water, carried by it, and not felt by it.",
	"colors":        "What things look like.",
	"data":          "What pictures tell beyond the fluid.",
	"record":        "What `fluidsim record` does unless its options say otherwise.",
	"probe[]":       "A gauge, read `probe_rate` times per simulated second; repeat the table for more. `fluidsim run SCENE --probes out.csv` writes what they read.",
}

// maxRepeats is how often a repeated table may occur: particles carry the
// number of their shape, the step looks at every obstacle, and each probe is a
// column or more.
const maxRepeats = 256

var root = makeGroups()

func makeGroups() *group {
	top := &group{}
	for i := range table {
		parts := strings.Split(table[i].Path, ".")
		at := top
		for _, part := range parts[:len(parts)-1] {
			at = at.child(part)
		}
		at.keys = append(at.keys, &table[i])
	}
	return top
}

func (g *group) child(part string) *group {
	name := strings.TrimSuffix(part, "[]")
	if c := g.group(name); c != nil {
		return c
	}
	c := &group{path: under(g.path, part), name: name, repeated: name != part}
	g.groups = append(g.groups, c)
	return c
}

func (g *group) group(name string) *group {
	for _, c := range g.groups {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (g *group) key(name string) *Key {
	for _, k := range g.keys {
		if k.Name() == name {
			return k
		}
	}
	return nil
}

// names are all names that may stand in this table.
func (g *group) names() []string {
	var all []string
	for _, k := range g.keys {
		all = append(all, k.Name())
	}
	for _, c := range g.groups {
		all = append(all, c.name)
	}
	return all
}

// walk calls fn for this table and every table below, in order.
func (g *group) walk(fn func(*group)) {
	fn(g)
	for _, c := range g.groups {
		c.walk(fn)
	}
}

// header is the table as it is written in a file: "[fluid]", "[[fluid.shape]]".
func (g *group) header() string {
	bare := strings.ReplaceAll(g.path, "[]", "")
	if g.repeated {
		return "[[" + bare + "]]"
	}
	return "[" + bare + "]"
}

func under(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
