package main

import (
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// look is how a scene is drawn: what its [colors] say, and what G chose since.
type look struct {
	scene   *scene.Scene
	by      pass.Field
	style   pass.Style
	quality quality
	scale   pass.Scale // what its colours are reckoned from
	ends    ends       // of the colour map, where they follow the values
	data    scene.Data // what the picture tells beyond the fluid, as keys have changed it
	opened  bool       // the cut was made for the arrows

	cursor *pass.Cursor // the hand; nil: none
}

func newLook(sc *scene.Scene) look {
	by, _ := pass.FieldNamed(sc.Colors.By)
	// The speed of sound that a scene gets by itself is ten times the largest
	// speed that is expected in it.
	auto := *sc
	auto.Fluid.SoundSpeed = 0
	style, _ := pass.StyleNamed(sc.View.Style)
	return look{scene: sc, by: by, style: style, data: sc.Data, scale: pass.Scale{
		RestDensity: sc.Fluid.RestDensity, Speed: auto.SoundSpeed() / 10, Spacing: sc.Fluid.Spacing, Plane: sc.Plane(),
	}}
}

// next goes on to the next quantity to colour by, or from water to particles.
func (l *look) next() {
	if l.style != pass.Balls {
		l.style = pass.Balls
		return
	}
	l.by = pass.Field((int(l.by) + 1) % len(pass.Fields()))
}

// nextStyle goes on to the next style.
func (l *look) nextStyle() {
	l.style = pass.Style((int(l.style) + 1) % len(pass.Styles()))
}

func (l *look) field() string { return l.by.String() }

// settings are the look in the renderer's terms.
func (l *look) settings() pass.Look {
	c := l.scene.Colors
	low, high := pass.AutoRange(l.by, l.scale)
	if l.adapts() && l.ends.known && l.ends.field == l.by {
		low, high = l.ends.low, l.ends.high
	}
	// The scene's range is for the quantity that it names.
	if l.by.String() == c.By && (c.Min != 0 || c.Max != 0) {
		low, high = c.Min, c.Max
	}
	v := l.scene.View
	look := pass.Look{
		Style: l.style, Quality: l.quality.level,
		Water: pass.WaterLook{Tint: pass.Colour(v.Tint), Clarity: v.Clarity, Cloudiness: v.Cloudiness, Studio: v.Environment == "studio"},
		Field: l.by, Map: l.colourMap(), Low: low, High: high,
		Fluid: pass.Colour(c.Fluid), Background: pass.Colour(c.Background), Cursor: l.cursor,
	}
	l.dataView(&look)
	return look
}

// solids are the domain and the visible obstacles in the renderer's terms.
func solids(sc *scene.Scene) pass.Scene {
	kinds := map[string]pass.Kind{"box": pass.Box, "sphere": pass.Sphere, "cylinder": pass.Cylinder, "capsule": pass.Capsule}
	drawn := pass.Scene{Domain: view.Box{Min: view.Vector(sc.Domain.Min), Max: view.Vector(sc.Domain.Max)}, Walls: walls(sc)}
	for _, o := range sc.Obstacles {
		kind, known := kinds[o.Type]
		if !known || !o.Visible {
			continue
		}
		colour := pass.Colour(sc.Colors.Obstacle)
		if o.Color != nil {
			colour = pass.Colour(*o.Color)
		}
		solid := pass.Solid{
			Kind: kind, Position: o.Position, Size: o.Size, Radius: o.Radius, Height: o.Height,
			Rotation: scene.RotationMatrix(o.Rotation), Colour: colour,
		}
		if o.Flat {
			drawn.Solids = append(drawn.Solids, sliced(solid)...)
			continue
		}
		drawn.Solids = append(drawn.Solids, solid)
	}
	return drawn
}

// sliced are the bodies to draw for one of a scene in two dimensions: what is as
// deep as the domain all over, and not round towards the camera.
func sliced(solid pass.Solid) []pass.Solid {
	disc := pass.Solid{
		Kind: pass.Cylinder, Position: solid.Position, Radius: solid.Radius, Height: solid.Size[2],
		Rotation: scene.RotationMatrix(scene.Vec3{90, 0, 0}), Colour: solid.Colour,
	}
	switch solid.Kind {
	case pass.Sphere:
		return []pass.Solid{disc}
	case pass.Capsule:
		bar, top, bottom := solid, disc, disc
		bar.Kind, bar.Size = pass.Box, [3]float64{2 * solid.Radius, solid.Height, solid.Size[2]}
		for axis := range disc.Position {
			half := solid.Rotation[axis][1] * solid.Height / 2
			top.Position[axis] += half
			bottom.Position[axis] -= half
		}
		return []pass.Solid{bar, top, bottom}
	}
	return []pass.Solid{solid}
}

// ball is the radius of a drawn particle in spacings: a little over half, so
// that still water looks closed.
const ball = 0.55

// particles are the solver's buffers in the renderer's terms, shown as they were so long ago [s].
func particles(v solver.View, ago float64) pass.Particles {
	return pass.Particles{
		Position: v.Position, Velocity: v.Velocity, Density: v.Density, Pressure: v.Pressure, Control: v.Control,
		Vorticity: v.Vorticity, RestDensity: float32(v.RestDensity),
		Count: uint32(v.Count), Radius: float32(ball * v.Spacing), Spacing: float32(v.Spacing), Origin: v.Origin, Ahead: float32(ago),
	}
}

// homeCamera is the scene's own view: as written, or one that shows the whole
// domain, in two dimensions from straight in front.
func homeCamera(sc *scene.Scene, aspect float64) view.Camera {
	c := view.New(view.Vector(sc.Camera.Position), view.Vector(sc.Camera.Target))
	if sc.Camera.Auto {
		box := view.Box{Min: view.Vector(sc.Domain.Min), Max: view.Vector(sc.Domain.Max)}
		from := view.Vector{0.5, 0.45, 1}
		if sc.Plane() {
			from = view.Vector{0, 0, 1}
		}
		c = view.New(from, view.Vector{})
		c.FOV = sc.Camera.FOV
		return c.Fit(box, aspect)
	}
	c.FOV = sc.Camera.FOV
	return c
}

// aspect is width to height; a window without area gets some.
func aspect(width, height int) float64 {
	return float64(max(width, 1)) / float64(max(height, 1))
}
