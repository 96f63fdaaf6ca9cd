package pass

import (
	"math"

	"github.com/fluidsim/fluidsim/render/view"
)

// frame mirrors Frame of shaders/render/frame.wgsl, which explains the members.
type frame struct {
	Clip             [16]float32
	SunClip          [16]float32
	Eye              [4]float32
	Right            [4]float32
	Up               [4]float32
	Back             [4]float32
	Sun              [4]float32
	SunView          [4]float32
	UpView           [4]float32
	GlossView        [4]float32
	SunColor         [4]float32
	SkyColor         [4]float32
	GroundColor      [4]float32
	BackgroundTop    [4]float32
	BackgroundBottom [4]float32
	FloorColor       [4]float32
	Floor            [4]float32
	Grid             [4]float32
	DomainMin        [4]float32
	DomainMax        [4]float32
	FluidColor       [4]float32
	EdgeColor        [4]float32
	Cut              [4]float32
	Slice            [4]float32
	Arrow            [4]float32
	Offset           [4]float32
	Range            [4]float32
	Screen           [4]float32
	Lens             [4]float32
	Zenith           [4]float32
	Horizon          [4]float32
	Absorption       [4]float32
	Glow             [4]float32
	Water            [4]float32
	Layer            [4]float32
	Field            uint32
	Reverse          uint32
	Ahead            float32
	Fine             float32
	Map              [mapSize][4]float32
}

// solid mirrors Solid of shaders/render/solid_data.wgsl.
type solid struct {
	Centre [4]float32
	AxisX  [4]float32
	AxisY  [4]float32
	AxisZ  [4]float32
	Scale  [4]float32
	Color  [4]float32
}

// The light of the room: one warm sun over the viewer's usual left shoulder, a cool sky.
var (
	sunDirection = unit([3]float64{-0.42, 0.82, 0.48})
	sunColour    = [4]float32{0.98, 0.94, 0.88, 1}
	skyColour    = [4]float32{0.40, 0.46, 0.54, 1}
	groundColour = [4]float32{0.16, 0.17, 0.19, 1}
)

const (
	shadowStrength = 0.85 // a little sun always comes through: the sky is bright around it
	floorReach     = 4.5  // floor radius in domain sizes
	floorGap       = 2e-3 // the floor lies this far below the domain, in domain sizes, so that nothing touches it
)

func unit(v [3]float64) [3]float64 {
	l := math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2])
	return [3]float64{v[0] / l, v[1] / l, v[2] / l}
}

func inner(a, b [3]float64) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

func vec(v [3]float64, w float64) [4]float32 {
	return [4]float32{float32(v[0]), float32(v[1]), float32(v[2]), float32(w)}
}

// gridSpacing is the largest power of ten that puts at least eight lines under the domain.
func gridSpacing(size float64) float64 {
	if !(size > 0) {
		return 1
	}
	return math.Pow(10, math.Floor(math.Log10(size/8)))
}

// placed is a Scene in coordinates around its own centre.
type placed struct {
	origin   view.Vector
	min, max view.Vector
	size     float64 // diagonal
	walls    uint32  // bits -x +x -y +y -z +z
}

func place(box view.Box) placed {
	var s placed
	for i := range 3 {
		s.origin[i] = (box.Min[i] + box.Max[i]) / 2
	}
	for i := range 3 {
		s.min[i], s.max[i] = box.Min[i]-s.origin[i], box.Max[i]-s.origin[i]
		s.size += (s.max[i] - s.min[i]) * (s.max[i] - s.min[i])
	}
	s.size = math.Sqrt(s.size)
	return s
}

// fillFrame computes everything that one picture fixes.
func fillFrame(s placed, width, height, shadowSide uint32, camera view.Camera, p Particles, look Look) *frame {
	camera = camera.Relative(s.origin)
	aspect := float64(width) / float64(height)
	matrices := camera.Matrices(aspect)
	right, up, back := camera.Axes()
	low, high := look.Low, look.High
	if !(high > low) {
		high = low + 1
	}
	background := look.Background.or(defaultBackground).linear()
	f := &frame{
		Clip:        matrices.Combined,
		Eye:         vec(camera.Position, 1),
		Right:       vec(right, 0),
		Up:          vec(up, 0),
		Back:        vec(back, 0),
		UpView:      vec([3]float64{right[1], up[1], back[1]}, 0),
		SunColor:    sunColour,
		SkyColor:    skyColour,
		GroundColor: groundColour,
		Floor:       [4]float32{0, 0, float32(s.min[1] - floorGap*s.size), float32(floorReach * s.size)},
		DomainMin:   vec(s.min, float64(s.walls)),
		Cut:         look.Cut.in(s.origin),
		Slice:       look.Arrows.Slice.in(s.origin),
		Arrow:       [4]float32{float32(look.Arrows.Length), float32(look.Arrows.Half)},
		DomainMax:   vec(s.max, s.size),
		FluidColor:  look.Fluid.or(defaultFluid).linear(),
		Range:       [4]float32{float32(low), float32(1 / (high - low)), 0, 1 / p.rest()},
		Screen:      [4]float32{float32(width), float32(height), matrices.Projection[5] * float32(height) / 2, float32(shadowSide)},
		Field:       uint32(look.Field),
		Map:         mapTable(look.Map),
	}
	f.setSun(sunDirection, s)
	for i := range 3 {
		f.Offset[i] = float32(p.Origin[i] - s.origin[i])
	}
	f.Offset[3] = p.Radius
	if look.Cut == (Plane{}) {
		f.Cut[3] = math.MaxFloat32 // nothing is beyond it
	}
	f.Ahead = p.Ahead
	f.Fine = float32(max(look.Fine, 1))
	if back[2] > 0 {
		f.Reverse = 1
	}
	if look.NoShadows {
		f.Sun[3] = 0
	}
	// The backdrop brightens upwards from the scene's colour; the floor is a tone lighter than a dark
	// one and a tone darker than a light one, and what is drawn on it stands off the other way.
	grey := (background[0] + background[1] + background[2]) / 3
	const floorLight = 1.2 // what sun and sky make of a white floor
	for i := range 3 {
		f.BackgroundTop[i] = min(background[i]*(1.5-0.55*grey)+0.006, 1)
		f.BackgroundBottom[i] = background[i] * (0.62 + 0.25*grey)
		f.FloorColor[i] = ((0.72*background[i]+0.28*grey)*(1.2-0.45*grey) + 0.022*(1-grey)) / floorLight
		f.EdgeColor[i] = 0.5 * (1 - min(1.9*grey, 1))
	}
	f.FloorColor[3] = 0.8 - 1.15*min(1.6*grey, 1)
	f.Lens = [4]float32{1 / matrices.Projection[0], 1 / matrices.Projection[5], -matrices.Projection[10], matrices.Projection[14]}
	fine := gridSpacing(math.Max(s.max[0]-s.min[0], s.max[2]-s.min[2]))
	// Only the place within one coarse cell matters, and 32 bits must hold it.
	f.Grid = [4]float32{float32(fine), float32(10 * fine), float32(math.Mod(s.origin[0], 10*fine)), float32(math.Mod(s.origin[2], 10*fine))}
	return f
}

// setSun lets the sun shine from a direction.
func (f *frame) setSun(sun [3]float64, s placed) {
	along := func(axis [4]float32) float64 {
		return float64(axis[0])*sun[0] + float64(axis[1])*sun[1] + float64(axis[2])*sun[2]
	}
	seen := [3]float64{along(f.Right), along(f.Up), along(f.Back)}
	f.SunClip = view.Orthographic(view.Vector{-sun[0], -sun[1], -sun[2]}, view.Vector{}, math.Max(s.size, 1e-6)*0.62)
	f.Sun = vec(sun, shadowStrength)
	f.SunView = vec(seen, 0)
	f.GlossView = vec(unit([3]float64{seen[0], seen[1], seen[2] + 1}), 0)
}

// placeSolid prepares one obstacle for the unit mesh of its kind.
func placeSolid(s placed, b Solid) solid {
	out := solid{Color: b.Colour.or(defaultSolid).linear()}
	var centre [3]float64
	for i := range 3 {
		centre[i] = b.Position[i] - s.origin[i]
	}
	var scale [3]float64
	split := 0.0
	switch b.Kind {
	case Box:
		for i := range 3 {
			scale[i] = b.Size[i] / 2
		}
	case Cylinder:
		scale = [3]float64{b.Radius, b.Height / 2, b.Radius}
	default:
		scale = [3]float64{b.Radius, b.Radius, b.Radius}
		if b.Kind == Capsule {
			split = b.Height / 2
		}
	}
	out.Centre, out.Scale = vec(centre, split), vec(scale, 0)
	r := b.Rotation
	if r == ([3][3]float64{}) {
		r = [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	}
	for row := range 3 { // columns are the body's axes
		out.AxisX[row], out.AxisY[row], out.AxisZ[row] = float32(r[row][0]), float32(r[row][1]), float32(r[row][2])
	}
	return out
}
