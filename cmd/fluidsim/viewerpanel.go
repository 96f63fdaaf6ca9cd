package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/surface"
	"github.com/fluidsim/fluidsim/render/ui"
	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// board is the panel with what it shows that the window would not keep otherwise.
type board struct {
	panel   *ui.Panel // nil: this build has none
	overlay *pass.Overlay
	journal *journal
	records *records
	gauges  *liveGauges
	folder  ui.Folder
	asking  dialogs
	dialogs bool
	last    string   // the newest recording
	recent  []string // scene files, the newest first
	forgets bool     // they cannot be remembered
	costs   costs
	stored  ui.Layout // as it was saved last
	checked time.Time
	clock   time.Time

	// What is shown of the scene, and what it was made from.
	groups  []ui.Group
	view    []ui.Param
	made    groupKey
	differs bool // from its file
}

type groupKey struct {
	run, now, file *scene.Scene
	tilt           scene.Vec3
	tilted         bool
	field          pass.Field
	style          pass.Style
}

// openPanel makes the panel, where there is one. What goes wrong with it does not
// end the window: everything can be done without.
func (v *viewer) openPanel() {
	b := &v.board
	b.journal = &journal{Writer: v.app.err}
	v.app.err = b.journal
	b.records = newRecords()
	format, err := v.screen.Format()
	if err == nil {
		b.overlay, err = pass.NewOverlay(v.device, format)
	}
	layout := ui.DefaultLayout()
	if !v.options.plain {
		layout, b.recent = loadLayout(), loadRecent()
	}
	b.stored = ui.ParseLayout(layout.Text())
	if v.options.noPanel {
		layout.Hidden = true
	}
	if err == nil {
		b.panel, err = ui.New(b.overlay, ui.Options{Layout: layout, Clipboard: v.screen, Track: v.options.commands})
	}
	if err != nil && !errors.Is(err, ui.ErrNone) {
		v.complain(fmt.Errorf("no panel: %w", err))
	}
	if b.panel == nil && b.overlay != nil {
		b.overlay.Release()
		b.overlay = nil
	}
	b.dialogs = b.panel != nil && canAsk()
}

func (v *viewer) closePanel() {
	b := &v.board
	b.gauges.release()
	b.gauges = nil
	if b.panel != nil {
		v.storeLayout()
		b.panel.Release()
		b.panel = nil
	}
	if b.overlay != nil {
		b.overlay.Release()
		b.overlay = nil
	}
}

// storeLayout remembers the layout when it has changed. A panel that was hidden by
// --no-panel is not remembered as hidden.
func (v *viewer) storeLayout() {
	b := &v.board
	now := b.panel.Layout()
	if v.options.noPanel {
		now.Hidden = b.stored.Hidden
	}
	if v.options.plain || string(now.Text()) == string(b.stored.Text()) {
		return
	}
	b.stored = ui.ParseLayout(now.Text())
	if err := saveLayout(now); err != nil {
		v.complain(fmt.Errorf("the panel's layout is not remembered: %w", err))
		b.stored = ui.ParseLayout(now.Text())
	}
}

// canvas is the size of the picture [pixels]: what the panel leaves of the window.
// Its upper left corner is the window's, so that places in one are places in the
// other.
func (v *viewer) canvas() (width, height int) {
	width, height = v.screen.Size()
	if v.board.panel == nil || width < 1 || height < 1 {
		return width, height
	}
	right, bottom := v.board.panel.Margins(width, height, v.screen.Scale())
	return max(width-right, 1), max(height-bottom, 1)
}

// drawPanel lays the panel over the next picture, and does what the user wants of
// it.
func (v *viewer) drawPanel(now time.Time) {
	b := &v.board
	if b.panel == nil {
		return
	}
	width, height := v.screen.Size()
	seconds := now.Sub(b.clock).Seconds()
	b.clock, b.journal.fresh = now, false
	began := time.Now()
	events := b.panel.Frame(width, height, v.screen.Scale(), seconds, v.model())
	took := float64(time.Since(began).Microseconds()) / 1000
	b.costs.panel += (took - b.costs.panel) * 0.1
	v.pacing.drew(took)
	if err := b.panel.Err(); err != nil {
		v.complain(fmt.Errorf("the panel is gone: %w", err))
		v.closePanel()
		v.screen.Cover(nil, 0, 0)
		return
	}
	right, bottom := b.panel.Margins(width, height, v.screen.Scale())
	v.screen.Cover(b.overlay, right, bottom)
	v.screen.SetPointer(b.panel.Pointer())
	for _, e := range events {
		v.heed(e)
		v.dirty = true
	}
	if now.Sub(b.checked) > time.Second {
		b.checked = now
		v.storeLayout()
	}
}

// panelWaits tells whether the panel has something to show although nothing moves.
func (v *viewer) panelWaits() bool {
	b := &v.board
	return b.panel != nil && (b.panel.Busy() || b.journal.fresh)
}

// standsStill tells that the picture that was drawn last is still right: only the
// panel has changed, which then need not wait for water to be drawn.
func (v *viewer) standsStill(width, height int) bool {
	w, h := v.stage.target.Size()
	stopped := v.paused && v.single == 0 && v.until == 0 && v.heading == 0 && v.movie == nil && v.frames > 0
	return stopped && w == width && h == height && !v.dirty && v.grab == "" && len(v.held) == 0 && !v.grip.down && v.grip.look == 0
}

// showAgain puts the last picture on the screen, with the panel as it is now.
func (v *viewer) showAgain() (bool, error) {
	shown, err := v.screen.Present(nil, v.stage.target)
	v.board.gauges.collect()
	v.follow(time.Now())
	return shown, err
}

// copyGauges reads the gauges while somebody looks at them.
func (v *viewer) copyGauges(e *gpu.Encoder, now time.Time) {
	if b := &v.board; b.gauges != nil && b.panel.Shown() && b.panel.Layout().Open["probes"] {
		b.gauges.copy(e, now)
	}
}

// panelTakes gives an event of the window to the panel first.
func (v *viewer) panelTakes(e surface.Event) bool {
	if v.board.panel == nil {
		return false
	}
	return v.board.panel.Handle(e)
}

// model is what the panel shows.
func (v *viewer) model() *ui.Model {
	b := &v.board
	v.describeScene()
	m := &ui.Model{
		Scene: titleOf(v.run.scene), Source: v.src.title(), Changed: b.differs,
		Folder: b.folder, Dialogs: b.dialogs, Problem: v.mistakes,
		CanUndo: lastOf(v.draft.undo), CanRedo: lastOf(v.draft.redo),
		Groups: b.groups, ViewParams: b.view, Range: v.colourRange(),
		Record: v.recordState(), Facts: v.facts(), Passes: b.costs.rows(), Steps: b.costs.stepRows(),
		Series: b.records.series(), Log: b.journal.lines, Keys: keyRows(),
		About: "fluidsim " + version + ", on " + adapterInWords(v.device.Info()),
	}
	if v.draft.held != nil {
		m.CanUndo = v.draft.held.what
	}
	if !v.src.file {
		m.Source += ", built in"
	}
	for _, path := range b.recent {
		m.Scenes = append(m.Scenes, ui.SceneItem{
			Name: filepath.Base(path), Path: path, Title: filepath.Base(path), Description: path, Open: v.src.file && sameFile(path, v.src.name),
		})
	}
	for _, name := range scenes.Names() {
		m.Scenes = append(m.Scenes, ui.SceneItem{
			Name: name, Title: scenes.Title(name), Description: scenes.Description(name), Open: !v.src.file && v.src.name == name,
		})
	}
	m.View = append(m.View, ui.Choice{
		Name: "field", Label: "Colour by", Help: "What colours the water (G).",
		Values: pass.Fields(), Value: v.stage.look.field(),
	})
	v.handModel(m)
	m.Play = ui.Play{
		Paused: v.paused, Fault: v.fault, Time: v.last.Time, Length: v.run.scene.Record.Seconds,
		Speed: v.run.scene.Time.Speed, Factor: v.meter.factor(), Rate: v.meter.rate(), Heading: v.heading,
	}
	if b.gauges != nil {
		var names []string
		for _, p := range v.run.scene.Probes {
			names = append(names, p.Name)
		}
		m.Probes = b.gauges.series(names)
	}
	return m
}

// describeScene makes the rows of parameters anew when something in them has
// changed.
func (v *viewer) describeScene() {
	b := &v.board
	key := groupKey{run: v.run.scene, now: v.draft.now, file: v.draft.file, tilted: v.tilted != nil, field: v.stage.look.by, style: v.stage.look.style}
	if v.tilted != nil {
		key.tilt = *v.tilted
	}
	if key != b.made {
		b.made = key
		b.groups, b.view = v.paramGroups()
		b.differs = v.tilted != nil || v.draft.now.Hash() != v.draft.file.Hash()
	}
}

func (v *viewer) colourRange() ui.Range {
	look := v.stage.look.settings()
	r := ui.Range{Shown: look.Field != pass.Plain, Low: look.Low, High: look.High, Unit: fieldUnits[look.Field]}
	c := v.run.scene.Colors
	r.Auto = look.Field.String() != c.By || c.Min == 0 && c.Max == 0
	const samples = 24
	for i := range samples {
		r.Colours = append(r.Colours, pass.MapColour(look.Map, float64(i)/(samples-1)))
	}
	return r
}

var fieldUnits = map[pass.Field]string{pass.Speed: "m/s", pass.Density: "kg/m³", pass.Pressure: "Pa"}

func (v *viewer) facts() []ui.Fact {
	s := v.last
	facts := []ui.Fact{
		{Name: "Particles", Value: inWords(s.Particles), Help: "That exist now."},
		{Name: "Spacing", Value: fmt.Sprintf("%.4g m", v.run.scene.Fluid.Spacing), Help: "Between neighbouring particles."},
		{Name: "Steps", Value: inWords(int(s.Step)), Help: "Since the beginning."},
		{Name: "Time step", Value: fmt.Sprintf("%.3g ms", 1000*s.Dt), Help: "The last one."},
		{Name: "Density error", Value: fmt.Sprintf("%.3g %%, at most %.3g %%", 100*s.DensityErrorMean, 100*s.DensityErrorMax), Help: "How much denser than at rest the fluid is, in the mean and at the worst place."},
		{Name: "Fastest", Value: fmt.Sprintf("%.3g m/s", s.MaxSpeed), Help: "The largest speed of a particle."},
		{Name: "Neighbours", Value: fmt.Sprintf("%.1f", s.NeighboursMean), Help: "Of a particle, in the mean."},
		{Name: "Memory", Value: bytesInWords(float64(v.run.solver.Memory())), Help: "Of the simulation, on the graphics device."},
	}
	if s.Lost > 0 {
		facts = append(facts, ui.Fact{Name: "Left", Value: inWords(s.Lost), Help: "Particles that have left through open sides."})
	}
	if n := s.DivergenceIterations + s.DensityIterations; n > 0 {
		facts = append(facts, ui.Fact{Name: "Rounds", Value: fmt.Sprintf("%d + %d", s.DivergenceIterations, s.DensityIterations), Help: "Of the last step's two solves: divergence and density."})
	}
	return facts
}

// togglePanel hides the panel, or shows it again.
func (v *viewer) togglePanel() {
	if v.board.panel == nil {
		v.app.say("%v", ui.ErrNone)
		return
	}
	v.board.panel.Toggle()
	v.dirty = true
}

// showHelp shows the keys over the picture, or prints them where there is no panel.
func (v *viewer) showHelp() {
	if v.board.panel == nil || !v.board.panel.ToggleHelp() {
		v.app.say("%s", keyTable(0))
	}
	v.dirty = true
}

// askForFile opens the dialog for scene files.
func (v *viewer) askForFile() {
	switch b := &v.board; {
	case b.panel != nil:
		b.panel.AskForFile()
	case canAsk():
		b.asking.ask(listFolder(".").Path)
	default:
		v.app.say("there is no dialog for files here: drop a .toml file onto the window, or name it on the command line")
	}
	v.dirty = true
}

// regauge makes the gauges of the scene anew.
func (v *viewer) regauge() {
	b := &v.board
	b.gauges.release()
	b.gauges = nil
	if b.panel == nil {
		return
	}
	b.records = newRecords()
	var err error
	if b.gauges, err = newLiveGauges(v.device, v.run); err != nil {
		v.complain(fmt.Errorf("no gauges: %w", err))
	}
}

// handModel is the tools with their keys, and the size of the hand.
func (v *viewer) handModel(m *ui.Model) {
	for _, t := range tools {
		key := ""
		for _, b := range keyMap {
			if b.action == t.key {
				key = b.label
			}
		}
		m.Tools = append(m.Tools, ui.Tool{Name: t.name, Label: words(t.name), Key: key, Help: words(t.help) + "."})
	}
	m.Tool = tools[v.grip.tool].name
	if v.grip.tool == toolCamera {
		return
	}
	side := sideOf(v.run.scene)
	m.Radius = ui.Amount{Value: v.grip.radius, Low: leastGrip * side, High: mostGrip * side, Unit: "m", Help: "How far the hand reaches ([ and ])."}
	m.Strength = ui.Amount{Value: v.grip.strength, Low: 0.1, High: 5, Unit: "×", Help: "How hard it works; 1 is the usual."}
}
