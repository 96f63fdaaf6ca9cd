package main

import (
	"fmt"
	"math"
	"path/filepath"
	"strconv"

	"github.com/fluidsim/fluidsim/render/capture"
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/ui"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// heed does what the user wants of the panel.
func (v *viewer) heed(e ui.Event) {
	switch e := e.(type) {
	case ui.Act:
		if a, known := actionNamed(e.Name); known {
			v.act(a)
		}
	case ui.Seek:
		v.seek(e.Time)
	case ui.SetSpeed:
		v.change("Speed", true, "time.speed="+scene.Format(e.Speed))
	case ui.Open:
		v.openNew(source{name: e.Name})
	case ui.OpenFile:
		v.openNew(source{name: e.Path, file: true})
	case ui.List:
		v.list(e.Path)
	case ui.Browse:
		v.board.asking.ask(v.board.folder.Path)
	case ui.Save:
		v.save(e.Path)
	case ui.Undo:
		v.undo()
	case ui.Redo:
		v.redo()
	case ui.Set:
		v.change(v.labelOf(e.Path), e.Done, e.Path+"="+scene.Format(e.Value))
		v.showAs(e)
	case ui.Reset:
		v.restore(e.Path)
	case ui.Choose:
		v.choose(e.Name, e.Value)
	case ui.SetRange:
		low, high := e.Low, e.High
		if e.Auto {
			low, high = 0, 0
		}
		field := scene.Format(v.stage.look.field())
		v.change("Range", true, "colors.by="+field, "colors.min="+scene.Format(low), "colors.max="+scene.Format(high))
	case ui.UseTool:
		for i, t := range tools {
			if t.name == e.Name {
				v.chooseTool(i)
			}
		}
	case ui.SetTool:
		v.grip.radius, v.grip.strength = e.Radius, e.Strength
	case ui.ClearLog:
		v.board.journal.lines = nil
	}
}

// openNew opens a scene; one that cannot be opened tells why, on the panel too.
func (v *viewer) openNew(src source) {
	open := v.open
	if src.file && isInputs(src.name) {
		open = func(src source) error { return v.openInputs(src.name) }
	}
	if err := open(src); err != nil {
		v.problem, v.mistakes = firstLine(err.Error()), err.Error()
		v.title = ""
		v.complain(err)
	}
}

// list shows a folder in the dialog for files: at first the one of the open scene.
func (v *viewer) list(path string) {
	if path == "" {
		path = v.board.folder.Path
	}
	if path == "" && v.src.file {
		path = filepath.Dir(v.src.name)
	}
	if path == "" {
		path = "."
	}
	v.board.folder = listFolder(path)
}

// labelOf is what the panel calls a value.
func (v *viewer) labelOf(path string) string {
	for _, g := range v.board.groups {
		for _, p := range g.Params {
			switch {
			case p.Path != path:
			case p.Part != nil:
				return p.Part.Label + ": " + p.Label
			default:
				return p.Label
			}
		}
	}
	_, name := cutTable(path)
	return words(name)
}

// restore gives a value what the file says.
func (v *viewer) restore(path string) {
	value, _, ok := v.draft.file.Value(path)
	if !ok {
		return
	}
	if path == "gravity" && v.tilted != nil {
		v.upright()
	}
	v.change(v.labelOf(path)+", as it was", true, path+"="+scene.Format(value))
}

// seek runs on to a simulated time and pauses there; from the beginning if it is
// past.
func (v *viewer) seek(t float64) {
	if v.fault != "" || v.last.Time > t {
		v.reset()
	}
	if v.movie != nil {
		v.app.say("a recording goes from frame to frame: stop it first")
		return
	}
	v.heading, v.paused, v.until = math.Max(t, 0), false, 0
	v.dirty = true
}

// choose gives something that is no value of the scene another value.
func (v *viewer) choose(name, value string) {
	number := func() float64 { f, _ := strconv.ParseFloat(value, 64); return f }
	o := &v.record
	switch name {
	case "field":
		v.colourBy(value)
	case "ending":
		o.ending = value
	case "size":
		o.size = pixels{}
		_ = o.size.Set(value) // "window" is none: the window's own
	case "fps":
		o.fps = number()
	case "supersample":
		o.supersample = int(number())
	case "quality":
		o.quality = capture.Quality(value)
	case "turn":
		o.turn = number()
	}
}

// What recordings from the window offer.
var (
	movieEndings = []string{".mp4", ".webm", ".gif", ".apng", "/"}
	movieLabels  = []string{"MP4 video", "WebM video", "GIF", "APNG", "PNG pictures"}
	movieSizes   = []string{"window", "1280x720", "1920x1080", "3840x2160"}
	movieRates   = []string{"0", "24", "25", "30", "50", "60", "120"}
)

func (v *viewer) recordState() ui.Record {
	o := v.record.complete(2, 2, v.run.scene.Record.FPS)
	if v.record.ending == "/" {
		o.ending = "/"
	}
	size := movieSizes[0]
	if v.record.size.width > 0 {
		size = v.record.size.String()
	}
	quality := string(v.record.quality)
	if quality == "" {
		quality = string(capture.High)
	}
	rates := make([]string, len(movieRates))
	for i, r := range movieRates {
		rates[i] = r + " a second"
	}
	rates[0] = fmt.Sprintf("%g a second, the scene's", v.run.scene.Record.FPS)
	r := ui.Record{Path: v.board.last, Formats: []ui.Choice{
		{Name: "ending", Label: "Format", Help: "Videos need ffmpeg.", Values: movieEndings, Labels: movieLabels, Value: o.ending},
		{Name: "size", Label: "Size", Help: "Of the recorded pictures; it does not follow the window.", Values: movieSizes, Value: size},
		{Name: "fps", Label: "Frames", Help: "Per simulated second.", Values: movieRates, Labels: rates, Value: strconv.FormatFloat(v.record.fps, 'g', -1, 64)},
		{Name: "supersample", Label: "Smoothing", Help: "Pictures drawn larger and made smaller have smoother edges.", Values: []string{"0", "2", "3"}, Labels: []string{"none", "2 by 2", "3 by 3"}, Value: strconv.Itoa(v.record.supersample)},
		{Name: "quality", Label: "Quality", Help: "Of videos: better ones are larger.", Values: capture.Qualities(), Value: quality},
		{Name: "turn", Label: "Turntable", Help: "Lets the camera go round.", Values: []string{"0", "5", "10", "20"}, Labels: []string{"off", "a turn in 5 s", "a turn in 10 s", "a turn in 20 s"}, Value: strconv.FormatFloat(v.record.turn, 'g', -1, 64)},
	}}
	if m := v.movie; m != nil {
		v.board.last = m.path
		r.Running, r.Path, r.Frames = true, m.path, m.frames
	}
	return r
}

// showAs shows the picture as the panel was just told to, also where the scene says so
// already and a key has chosen something else since.
func (v *viewer) showAs(e ui.Set) {
	name, _ := e.Value.(string)
	if style, known := pass.StyleNamed(name); known && e.Path == "view.style" {
		v.stage.look.style = style
	}
}
