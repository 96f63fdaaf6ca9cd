//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import "math"

// sample is a model with something of everything.
func sample() *Model {
	m := &Model{
		Scene: "Dam break", Source: "dam-break, built in", Changed: true, Dialogs: true,
		Scenes: []SceneItem{
			{Name: "mine.toml", Title: "mine.toml", Description: "/home/me/mine.toml", Path: "/home/me/mine.toml"},
			{Name: "dam-break", Title: "Dam break", Description: "A column of water collapses, runs through the tank and comes back as a wave", Open: true},
			{Name: "pool-drop", Title: "Drop into a pool", Description: "A ball of water falls into a pool"},
			{Name: "pillars", Title: "Pillars", Description: "A dam break runs through a row of pillars"},
			{Name: "fountain", Title: "Fountain", Description: "A jet rises"},
			{Name: "honey", Title: "Honey", Description: "Thick and slow"},
			{Name: "capsule-rain", Title: "Capsule rain", Description: "Drops on capsules"},
			{Name: "channel-2d", Title: "Channel", Description: "Flow past a disc in two dimensions"},
			{Name: "sloshing", Title: "Sloshing", Description: "A tank is shaken"},
		},
		Folder:  Folder{Path: "/home/me", Entries: []Entry{{"scenes", true}, {"my.toml", false}, {"other.toml", false}}},
		CanUndo: "Viscosity", CanRedo: "Gravity",
		Play: Play{Time: 1.234, Length: 3, Speed: 1, Factor: 0.832, Rate: 42},
		Groups: []Group{
			{Name: "fluid", Label: "Fluid", Open: true, Params: []Param{
				{Path: "gravity", Label: "Gravity", Unit: "m/s²", Help: "Acceleration of everything; y is up.", Kind: Vector, Numbers: []float64{0, -9.81, 0}, Low: -20, High: 20},
				{Path: "fluid.rest_density", Label: "Rest density", Unit: "kg/m³", Help: "Density of the fluid at rest; water has 1000.", Numbers: []float64{1000}, Low: 500, High: 2000},
				{Path: "fluid.spacing", Label: "Spacing", Unit: "m", Help: "Distance between neighbouring particles.", Numbers: []float64{0.02}, Low: 0.005, High: 0.2, Factors: true, Restart: true},
				{Path: "fluid.viscosity", Label: "Viscosity", Unit: "Pa s", Help: "Dynamic viscosity.", Numbers: []float64{0.25}, Low: 0, High: 1e4, Factors: true, Changed: true, File: "0.001"},
			}},
			{Name: "solver", Label: "Solver", Params: []Param{
				{Path: "solver.type", Label: "Type", Help: "Method.", Kind: Pick, Text: "dfsph", Choices: []string{"dfsph", "pbf", "wcsph"}, Restart: true},
				{Path: "solver.density_tolerance", Label: "Density tolerance", Numbers: []float64{1e-4}, Low: 1e-5, High: 0.01, Factors: true},
				{Path: "solver.divergence_tolerance", Label: "Divergence tolerance", Numbers: []float64{1e-3}, Low: 1e-5, High: 0.1, Factors: true},
				{Path: "solver.max_iterations", Label: "Max iterations", Unit: "rounds", Kind: Integer, Numbers: []float64{50}, Low: 0, High: 200},
			}},
			{Name: "bodies", Label: "Bodies", Params: []Param{
				{Path: "title", Label: "Title", Kind: Text, Text: "Dam break"},
				{Path: "obstacle.0.visible", Label: "Visible", Kind: Switch, On: true},
				{Path: "obstacle.0.color", Label: "Color", Kind: Colour, Text: "#a7adb5"},
				{Path: "domain.open", Label: "Open sides", Kind: Marks, Names: []string{"+x"}, Choices: []string{"-x", "+x", "-y", "+y", "-z", "+z"}, Restart: true},
				{Path: "fluid.shape.0.position", Label: "Position", Unit: "m", Kind: Vector, Numbers: []float64{0.25, 0.3}, Low: -1, High: 1, Restart: true},
			}},
		},
		View: []Choice{
			{Name: "field", Label: "Colour by", Help: "What colours the water.", Values: []string{"speed", "density", "pressure", "plain"}, Value: "speed"},
			{Name: "map", Label: "Colour map", Values: []string{"water", "viridis", "turbo"}, Value: "water"},
		},
		Range: Range{Shown: true, Auto: true, High: 3.4, Unit: "m/s", Colours: [][3]float64{{0.04, 0.23, 0.47}, {0.08, 0.45, 0.74}, {0.51, 0.8, 0.92}, {0.92, 0.97, 0.99}}},
		Tools: []Tool{
			{"look", "Look", "1", "Drag to orbit."}, {"push", "Push", "2", "Drag to push the water away."},
			{"pull", "Pull", "3", "Drag to pull the water."}, {"stir", "Stir", "4", "Drag to stir."}, {"add", "Add water", "5", "Click to drop a ball of water."},
		},
		Tool: "push", Radius: Amount{0.1, 0.01, 0.5, "m", "How far the hand reaches."}, Strength: Amount{10, 0, 50, "m/s²", "How hard it pushes."},
		Record: Record{Formats: []Choice{{Name: "format", Label: "Format", Values: []string{"mp4", "webm", "gif", "png"}, Labels: []string{"MP4 video", "WebM video", "GIF", "PNG pictures"}, Value: "mp4"}}},
		Passes: []PassTime{{"Simulation", 12.31}, {"Picture", 4.2}, {"Panel", 0.31}},
		Steps:  []PassTime{{"factor", 1.2}, {"density/relax", 3.1}, {"19 others", 0.4}},
		Facts: []Fact{
			{"Particles", "18,750", "That exist now."}, {"Time step", "2.31 ms", ""}, {"Density error", "0.012 %, at most 1.2 %", ""}, {"Fastest", "3.21 m/s", ""},
		},
		Log: []Line{
			{Text: "using llvmpipe (LLVM 15.0.6, 256 bits)"},
			{Text: "my.toml:12:9: fluid.viscosity must not be negative (got -1)\n  12 | viscosity = -1\n     |             ^^", Error: true},
		},
		Keys: [][2]string{
			{"Space", "pause, go on"}, {".", "one step, then pause"}, {"R", "start again; tilted gravity stays"}, {"Page Down", "next built-in scene"},
			{"Arrow keys", "orbit"}, {"Ctrl-S", "save the scene with what has changed"}, {"F1", "show these keys"}, {"Tab", "hide the panel, and show it again"},
		},
		About: "fluidsim dev, on llvmpipe",
	}
	energy := Series{Title: "Energy", Unit: "J", Curves: []Curve{{Name: "kinetic"}, {Name: "potential"}}}
	errors := Series{Title: "Density error", Unit: "%", Factors: true, Curves: []Curve{{Name: "mean"}}}
	level := Series{Title: "level", Unit: "m", Curves: []Curve{{Name: "level"}}}
	for i := range 120 {
		t := float32(i) / 100
		energy.Times, errors.Times, level.Times = append(energy.Times, t), append(errors.Times, t), append(level.Times, t)
		energy.Curves[0].Values = append(energy.Curves[0].Values, float32(200*math.Sin(float64(t))))
		energy.Curves[1].Values = append(energy.Curves[1].Values, float32(400-100*math.Sin(float64(t))))
		errors.Curves[0].Values = append(errors.Curves[0].Values, float32(0.01+0.008*math.Sin(9*float64(t))))
		level.Curves[0].Values = append(level.Curves[0].Values, float32(0.6-0.3*float64(t)))
	}
	m.Series, m.Probes = []Series{energy, errors}, []Series{level}
	return m
}
