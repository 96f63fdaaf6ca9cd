package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fluidsim/fluidsim/render/ui"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// headings of the tables of a scene, in the order of the panel. What stands in a
// table that has no row here, because it is new, gets one from its name.
var tableHeadings = []struct {
	table, label string
	open         bool
}{
	{"fluid", "Fluid", true}, {"solver", "Solver", false}, {"time", "Time steps", false},
	{"fluid.shape[]", "Fluid bodies", false}, {"obstacle[]", "Obstacles", false}, {"domain", "Tank", false},
	{"", "About the scene", false}, {"record", "Recording of the scene", false}, {"probe[]", "", false},
}

// Keys that stand elsewhere on the panel than their table says.
var (
	moved = map[string]string{"gravity": "fluid"}
	// elsewhere are keys with a control of their own, or that no control can change:
	// dimensions decides how everything else is written.
	elsewhere = map[string]bool{
		"format": true, "dimensions": true, "colors.by": true, "colors.min": true, "colors.max": true,
		"time.speed": true, "camera.position": true, "camera.target": true, "probe_rate": true,
	}
	// inView are the tables that the section about the picture shows, in its order.
	inView = []string{"view", "colors", "camera", "data"}
	// Names of values that stand beside those of other tables there.
	plainLabels = map[string]string{
		"colors.range": "Automatic range", "colors.map": "Colour map", "colors.fluid": "Plain colour",
		"colors.obstacle": "Obstacles", "camera.fov": "Angle of view",
	}
)

// paramGroups describes every value of the scene that can be changed, from the
// description of the format: what is new there is here, too.
func (v *viewer) paramGroups() (groups []ui.Group, view []ui.Param) {
	byTable := map[string][]ui.Param{}
	parts := tableParts{}
	var order []string
	for _, k := range scene.Keys() {
		if elsewhere[k.Path] {
			continue
		}
		table, name := cutTable(k.Path)
		if to, ok := moved[k.Path]; ok {
			table = to
		}
		if _, known := byTable[table]; !known {
			order = append(order, table)
			byTable[table] = nil
		}
		bare, repeated := strings.CutSuffix(table, "[]")
		if !repeated {
			label := words(name)
			if better, known := plainLabels[k.Path]; known {
				label = better
			}
			if p, ok := v.param(k.Path, k, label); ok {
				byTable[table] = append(byTable[table], p)
			}
			continue
		}
		if name == "type" {
			continue // another form has other values, which nobody has given yet
		}
		for i := range v.draft.now.Rows(table) {
			path := fmt.Sprintf("%s.%d.%s", bare, i, name)
			if p, ok := v.param(path, k, words(name)); ok {
				p.Part = parts.of(v.draft.now, table, i, k.Part)
				byTable[table] = append(byTable[table], p)
			}
		}
	}
	add := func(table, label string, open bool) {
		params := byTable[table]
		delete(byTable, table)
		if strings.HasSuffix(table, "[]") { // body by body, not key by key
			slices.SortStableFunc(params, func(a, b ui.Param) int { return rowOf(a.Path) - rowOf(b.Path) })
		}
		if len(params) > 0 && label != "" {
			groups = append(groups, ui.Group{Name: table, Label: label, Params: params, Open: open})
		}
	}
	for _, table := range inView {
		view = append(view, byTable[table]...)
		delete(byTable, table)
	}
	for _, h := range tableHeadings {
		add(h.table, h.label, h.open)
	}
	for _, table := range order {
		if _, left := byTable[table]; left {
			add(table, words(strings.TrimSuffix(table, "[]")), false)
		}
	}
	return groups, view
}

// tableParts are the headings of the rows of repeated tables, by their names.
type tableParts map[string]*ui.Part

// of is the heading for a part of row i of a table. All of the table is open; what more there is to a body, such as
// its motion, where it has some.
func (t tableParts) of(sc *scene.Scene, table string, i int, part string) *ui.Part {
	bare := strings.TrimSuffix(table, "[]")
	name := strings.TrimSuffix(fmt.Sprintf("%s.%d.%s", bare, i, part), ".")
	if t[name] == nil {
		label := strconv.Itoa(i + 1)
		if kind, _, ok := sc.Value(fmt.Sprintf("%s.%d.type", bare, i)); ok {
			label = fmt.Sprintf("%d: %v", i+1, kind)
		}
		open := true
		if part != "" {
			label += ", " + part
			open = bare == "obstacle" && sc.Obstacles[i].Motion.Moves()
		}
		t[name] = &ui.Part{Name: name, Label: label, Open: open}
	}
	return t[name]
}

// cutTable cuts a key's path into its table and its name.
func cutTable(path string) (table, name string) {
	i := strings.LastIndexByte(path, '.')
	return path[:max(i, 0)], path[i+1:]
}

// rowOf is the number in a path like "obstacle.3.radius".
func rowOf(path string) int {
	row := 0
	for _, part := range strings.Split(path, ".") {
		if n, err := fmt.Sscan(part, &row); n == 1 && err == nil {
			return row
		}
	}
	return 0
}

// words is the name of a key as people write it: "rest_density" is "Rest density".
func words(name string) string {
	text := strings.ReplaceAll(strings.ReplaceAll(name, "_", " "), ".", " ")
	switch name {
	case "cfl", "fov", "fps", "hdr", "rpm":
		return strings.ToUpper(text)
	case "":
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// param is the description of one value with what it is now; it is not there where
// the scene has no such value.
func (v *viewer) param(path string, k scene.Key, label string) (ui.Param, bool) {
	shown := v.run.scene
	if v.tilted != nil {
		shown = withGravity(shown, v.tilted)
	}
	value, _, ok := shown.Value(path)
	p := ui.Param{Path: path, Label: label, Unit: k.Unit, Help: helpOf(k), Restart: !solver.Live(k.Path)}
	if !ok {
		return p, false
	}
	if path == "view.style" {
		value = v.stage.look.style.String() // a key may have chosen another
	}
	p.Kind = kindOf(k, value)
	fill(&p, value)
	if len(k.Enum) > 0 {
		p.Choices = shown.Words(&k)
	}
	if len(p.Numbers) > 0 {
		p.Low, p.High, p.Factors = k.Usual(p.Numbers[0])
	}
	now, _, _ := v.draft.now.Value(path)
	file, _, was := v.draft.file.Value(path)
	changed := scene.Format(now) != scene.Format(file) || k.Path == "gravity" && v.tilted != nil
	if was && changed {
		p.Changed, p.File = true, scene.Format(file)
	}
	return p, true
}

func helpOf(k scene.Key) string {
	text := k.Help
	if r := k.Range(); r != "" && len(k.Enum) == 0 {
		text += "\n\n" + k.Path + ": " + r
		if k.Unit != "" {
			text += " " + k.Unit
		}
		return text
	}
	return text + "\n\n" + k.Path
}

func kindOf(k scene.Key, value any) ui.Kind {
	switch k.Type {
	case scene.Integer:
		return ui.Integer
	case scene.Vector:
		if _, angle := value.(float64); angle {
			return ui.Number
		}
		return ui.Vector
	case scene.Boolean:
		return ui.Switch
	case scene.Color:
		return ui.Colour
	case scene.Sides, scene.Axes:
		return ui.Marks
	case scene.Text:
		if len(k.Enum) > 0 {
			return ui.Pick
		}
		return ui.Text
	}
	return ui.Number
}

func fill(p *ui.Param, value any) {
	switch x := value.(type) {
	case float64:
		p.Numbers = []float64{x}
	case []float64:
		p.Numbers = x
	case string:
		p.Text = x
	case bool:
		p.On = x
	case []string:
		p.Names = x
	}
}
