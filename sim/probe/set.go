package probe

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// Frame is the state of a run at one moment, in world coordinates: one entry a
// particle in every list.
type Frame struct {
	Time       float64      // [s]
	Position   [][3]float64 // [m]
	Velocity   [][3]float64 // [m/s]
	Density    []float64    // [kg/m^3]
	Pressure   []float64    // [Pa]
	Neighbours []int        // fluid neighbours within the support radius
	// Obstacles are where the scene's are now, and Bodies they as the kernels have them; empty: where they were at the start.
	Obstacles []scene.Obstacle
	Bodies    []layout.Obstacle
}

// Run is what the readings need of a run that the scene does not say: its numbers
// and obstacles as the kernels have them, and where their coordinates begin.
type Run struct {
	Params layout.SimParams
	Bodies []layout.Obstacle
	Origin [3]float64 // [m]
}

// Column is one column of the readings.
type Column struct {
	Name string // of the probe, with what sets the column apart: "hit.x", "level@0.25"
	Unit string // "" for a count
	// Probe is the index of the probe in the scene that the column belongs to.
	Probe int
	// Along is how far from its beginning a place of a profile is [m], else NaN.
	Along float64
}

// Heading is the column as it stands in the head of a table: "level [m]".
func (c Column) Heading() string {
	if c.Unit == "" {
		return c.Name
	}
	return c.Name + " [" + c.Unit + "]"
}

// Set is the gauges of a scene. It is used by one goroutine at a time.
type Set struct {
	scene     *scene.Scene
	run       Run
	obstacles []scene.Obstacle // where they are
	grid      grid
	columns   []Column
	gauges    []gauge
	local     bool // some gauge looks at places, and the grid is needed
}

// gauge appends its readings, one a column, to out.
type gauge func(f *Frame, out []float64) []float64

// New prepares the gauges of a scene.
func New(sc *scene.Scene, run Run) (*Set, error) {
	p := run.Params
	if !(p.Mass > 0) || !(p.SupportRadius > 0) || !(p.Spacing > 0) {
		return nil, fmt.Errorf("the run has no mass, support radius or spacing (%g, %g, %g)", p.Mass, p.SupportRadius, p.Spacing)
	}
	s := &Set{scene: sc, run: run, obstacles: sc.Obstacles}
	s.grid.space = newSpace(sc, float64(p.SupportRadius), float64(p.Spacing))
	for i := range sc.Probes {
		probe := &sc.Probes[i]
		columns, read, err := s.make(probe)
		if err != nil {
			return nil, fmt.Errorf("probe %q: %w", probe.Name, err)
		}
		for _, c := range columns {
			c.Name, c.Probe = probe.Name+c.Name, i
			s.columns = append(s.columns, c)
		}
		s.gauges = append(s.gauges, read)
	}
	return s, nil
}

// Columns are the columns that Sample fills, in the order of the scene.
func (s *Set) Columns() []Column { return append([]Column(nil), s.columns...) }

// Sample reads every gauge, one number a column. NaN says that there is nothing
// to measure: no fluid at the place of a velocity, none on the line of a height.
func (s *Set) Sample(f *Frame) []float64 {
	if len(f.Obstacles) > 0 {
		s.obstacles, s.run.Bodies = f.Obstacles, f.Bodies
		s.grid.surround(f.Obstacles)
	}
	if s.local {
		s.grid.fillIn(f)
	}
	out := make([]float64, 0, len(s.columns))
	for _, read := range s.gauges {
		out = read(f, out)
	}
	return out
}

// make finds the columns of a probe, with what their names add to the probe's,
// and how to read them.
func (s *Set) make(p *scene.Probe) ([]Column, gauge, error) {
	if read, unit, ok := s.global(p.Type); ok {
		return single(unit), read, nil
	}
	switch p.Type {
	case "centre_of_mass":
		return s.vector("", "m"), s.centreOfMass, nil
	case "density_error":
		return []Column{column(".mean", "%"), column(".max", "%")}, s.densityError, nil
	case "force":
		return s.force(p)
	}
	s.local = true
	x := [3]float64(p.Position)
	if s.scene.Dimensions == 2 {
		x[2] = 0
	}
	switch p.Type {
	case "height":
		return single("m"), func(_ *Frame, out []float64) []float64 {
			return append(out, s.grid.surface(x[0], x[2]))
		}, nil
	case "profile":
		columns, read := s.profile(p)
		return columns, read, nil
	case "pressure":
		radius := math.Max(p.Radius, s.grid.support)
		return single("Pa"), func(f *Frame, out []float64) []float64 {
			return append(out, s.pressure(f, x, radius))
		}, nil
	case "velocity":
		return s.vector("", "m/s"), func(f *Frame, out []float64) []float64 {
			v := s.velocity(f, x)
			return append(out, v[:s.scene.Dimensions]...)
		}, nil
	case "front":
		return s.frontAlong(p)
	}
	return nil, nil, fmt.Errorf("there is no gauge of type %q", p.Type)
}

func single(unit string) []Column { return []Column{column("", unit)} }

func column(suffix, unit string) Column {
	return Column{Name: suffix, Unit: unit, Along: math.NaN()}
}

// vector is a column for each axis of the scene.
func (s *Set) vector(suffix, unit string) []Column {
	var columns []Column
	for _, axis := range []string{".x", ".y", ".z"}[:s.scene.Dimensions] {
		columns = append(columns, column(suffix+axis, unit))
	}
	return columns
}
