package main

import (
	"fmt"

	"github.com/fluidsim/fluidsim/render/label"
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// notes are written over finished pictures of one size: the legend, the clock and
// the lengths that the scene or the keys ask for.
type notes struct {
	overlay *pass.Overlay
	sheet   *label.Sheet
}

func newNotes(device *gpu.Device) (*notes, error) {
	overlay, err := pass.NewOverlay(device)
	return &notes{overlay: overlay}, err
}

func (n *notes) release() {
	if n != nil && n.overlay != nil {
		n.overlay.Release()
		n.overlay = nil
	}
}

// write records what is to be read on a picture of the scene at a moment [s].
func (n *notes) write(e *gpu.Encoder, on *pass.Target, l *look, camera view.Camera, moment float64) {
	if !l.data.Legend && !l.data.Clock && !l.data.Marks {
		return
	}
	if err := n.layOut(on, l, camera, moment); err != nil {
		e.Fail(err)
		return
	}
	n.overlay.DrawOn(e, on)
}

func (n *notes) layOut(on *pass.Target, l *look, camera view.Camera, moment float64) error {
	width, height := on.Size()
	if size := label.LetterSize(width, height); n.sheet == nil || n.sheet.Size != size {
		sheet, err := label.NewSheet(size)
		if err != nil {
			return err
		}
		bounds := sheet.Pixels.Rect.Size()
		if err := n.overlay.Sheet(0, bounds.X, bounds.Y, sheet.Pixels.Pix); err != nil {
			return err
		}
		n.sheet = sheet
	}
	p := label.NewPicture(width, height, n.sheet)
	if l.data.Marks {
		p.Marks(camera, view.Box{Min: view.Vector(l.scene.Domain.Min), Max: view.Vector(l.scene.Domain.Max)}, l.scene.Plane())
	}
	if l.data.Legend && l.style == pass.Balls {
		if legend, has := l.legend(); has {
			p.Legend(legend)
		}
	}
	if l.data.Clock {
		p.Clock(moment)
	}
	return n.overlay.Set(p.Vertices, p.Indices, []pass.OverlayDraw{{Clip: [4]int{0, 0, width, height}, Count: len(p.Indices)}})
}

// fieldWords are what the quantities are called in legends, and their units.
var fieldWords = map[pass.Field]struct{ title, unit string }{
	pass.Speed:        {"speed", "m/s"},
	pass.Density:      {"density", "kg/m³"},
	pass.Pressure:     {"pressure", "Pa"},
	pass.DensityError: {"density error", "%"},
	pass.Vorticity:    {"vorticity", "1/s"},
	pass.Neighbours:   {"neighbours", ""},
	pass.ID:           {"particle number", ""},
	pass.Body:         {"fluid", ""},
}

// legend says what the colours of the particles mean; false where they mean
// nothing.
func (l *look) legend() (label.Legend, bool) {
	words, has := fieldWords[l.by]
	s := l.settings()
	out := label.Legend{Title: words.title, Unit: words.unit, Map: s.Map, Low: s.Low, High: s.High}
	switch {
	case l.by == pass.Body:
		out.Names = bodyNames(l.scene)
	case l.by == pass.Pressure && max(s.High, -s.Low) >= 1e4:
		out.Unit, out.Low, out.High = "kPa", s.Low/1e3, s.High/1e3
	}
	return out, has
}

// bodyNames tell the fluid shapes of a scene apart; beyond the colours that there
// are they begin anew, and only the first have a name.
func bodyNames(sc *scene.Scene) (names []string) {
	for i, shape := range sc.Fluid.Shapes {
		if i == pass.Distinct {
			break
		}
		names = append(names, fmt.Sprintf("%d %s", i, shape.Type))
	}
	return names
}
