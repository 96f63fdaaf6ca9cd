// Package pass draws: a backdrop, a floor with a metre grid, obstacles, the domain's edges and the
// fluid, as coloured particles or as water with its foam, into an offscreen Target that serves the
// window, recordings and stills alike. It reads the simulation's buffers and never writes them.
//
// It must not know scenes, solvers, windows or files; the caller translates.
package pass

import (
	"math"
	"unsafe"

	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
)

// Field is the quantity that colours the particles.
type Field uint32

// The values of the FIELD_ constants in shaders/render/frame.wgsl.
const (
	Speed        Field = iota // [m/s]
	Density                   // [kg/m^3]
	Pressure                  // [Pa]
	DensityError              // above or below the density at rest [%]
	Vorticity                 // [1/s]
	Neighbours                // number of fluid neighbours
	ID                        // particle number
	Body                      // which body of fluid it began in
	Plain                     // one colour for all
)

var fieldNames = []string{"speed", "density", "pressure", "density_error", "vorticity", "neighbours", "id", "fluid", "plain"}

func (f Field) String() string {
	if int(f) < len(fieldNames) {
		return fieldNames[f]
	}
	return "unknown"
}

// FieldNamed finds a field by its name.
func FieldNamed(name string) (Field, bool) {
	for i, known := range fieldNames {
		if name == known {
			return Field(i), true
		}
	}
	return Speed, false
}

// Fields lists the names of all fields.
func Fields() []string { return append([]string(nil), fieldNames...) }

// Colour is sRGB, each channel from 0 to 1.
type Colour [3]float64

// Style is what the fluid is drawn as.
type Style uint32

const (
	Balls Style = iota // a ball a particle, coloured by a quantity
	Water              // a surface that mirrors and refracts
)

var styleNames = []string{"particles", "water"}

func (s Style) String() string {
	if int(s) < len(styleNames) {
		return styleNames[s]
	}
	return "unknown"
}

// StyleNamed finds a style by its name.
func StyleNamed(name string) (Style, bool) {
	for i, known := range styleNames {
		if name == known {
			return Style(i), true
		}
	}
	return Balls, false
}

// Styles lists the names of all styles.
func Styles() []string { return append([]string(nil), styleNames...) }

// Quality is how finely the Water style is drawn.
type Quality uint32

const (
	Low    Quality = iota // the surface at half the resolution
	Medium                // at all of it
	High                  // and filtered once more
)

var qualityNames = []string{"low", "medium", "high"}

func (q Quality) String() string {
	if int(q) < len(qualityNames) {
		return qualityNames[q]
	}
	return "unknown"
}

// QualityNamed finds a quality by its name.
func QualityNamed(name string) (Quality, bool) {
	for i, known := range qualityNames {
		if name == known {
			return Quality(i), true
		}
	}
	return Medium, false
}

// Look says how to draw; the zero value of a colour is replaced by a default.
type Look struct {
	Style      Style
	Quality    Quality // of Water
	Water      WaterLook
	Field      Field
	Map        string  // see Maps; empty or unknown: water
	Low, High  float64 // the field's values at the ends of the map
	Fluid      Colour  // for Plain
	Background Colour
	NoShadows  bool
	NoFloor    bool
	NoEdges    bool
	Wires      bool  // obstacles as wires, not as bodies
	Cut        Plane // fluid beyond it is not shown; zero: all of it is
	Arrows     Arrows
	Fine       float64 // pixels drawn for one of the finished picture, along a side; 0: 1. Lines are as wide then as without
	Cursor     *Cursor // a hand in the fluid; nil: none
}

// controlSize is what the shaders' Control needs of its buffer.
const controlSize = uint64(unsafe.Sizeof(layout.Control{}))

// Particles names the simulation's buffers.
type Particles struct {
	Position, Velocity *gpu.Buffer // vec4: xyz and id (negative: dead); velocity
	Density            *gpu.Buffer // vec2: density and number of neighbours
	Pressure           *gpu.Buffer // f32 [Pa]
	Vorticity          *gpu.Buffer // vec4: w is the vorticity [1/s]; nil: none
	Body               *gpu.Buffer // f32 by particle number: which body of fluid; nil: none
	RestDensity        float32     // [kg/m^3]; 0: 1000
	Control            *gpu.Buffer // layout.Control; live is the number to draw
	Count              uint32      // room in the buffers; at most live of them are drawn
	Radius             float32     // of a ball [m]
	Foam               *Foam       // moved on and drawn with Water; nil: none
	Shapes             *Shapes     // computed for Water; nil: its particles are balls
	Spacing            float32     // distance of neighbours [m]; 0: twice the radius
	Origin             [3]float64  // world position of the buffers' zero
	Ahead              float32     // how much later their state is than the moment to show [s]: drawn that much back along their way
}

// Kind is the form of a Solid.
type Kind uint32

const (
	Box Kind = iota
	Sphere
	Cylinder // along its own y
	Capsule  // along its own y
)

// Solid is an obstacle.
type Solid struct {
	Kind     Kind
	Position [3]float64    // centre, world [m]
	Size     [3]float64    // full edges of a box
	Radius   float64       // of the others
	Height   float64       // cylinder: full height; capsule: between the centres of its caps
	Rotation [3][3]float64 // rows: local to world; all zero: not turned
	Colour   Colour
}

// Scene is what stands still.
type Scene struct {
	Domain view.Box
	Walls  [6]bool // to be shown as glass: -x +x -y +y -z +z
	Solids []Solid
}

var (
	defaultBackground = Colour{0x12 / 255.0, 0x18 / 255.0, 0x1f / 255.0}
	defaultFluid      = Colour{0x2f / 255.0, 0x8f / 255.0, 0xd8 / 255.0}
	defaultSolid      = Colour{0xa7 / 255.0, 0xad / 255.0, 0xb5 / 255.0}
)

func (c Colour) or(other Colour) Colour {
	if c == (Colour{}) {
		return other
	}
	return c
}

// linear decodes sRGB (IEC 61966-2-1).
func (c Colour) linear() [4]float32 {
	var out [4]float32
	for i, v := range c {
		v = math.Min(math.Max(v, 0), 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		out[i] = float32(v)
	}
	out[3] = 1
	return out
}
