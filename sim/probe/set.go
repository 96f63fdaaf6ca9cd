package probe

import (
	"fmt"
	"math"

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
}

// supportRatio is h/d, as the solvers have it.
const supportRatio = 2

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
	scene   *scene.Scene
	mass    float64 // of a particle [kg], in 2-D [kg/m]
	grid    grid
	columns []Column
	gauges  []gauge
	local   bool // some gauge looks at places, and the grid is needed
}

// gauge appends its readings, one a column, to out.
type gauge func(f *Frame, out []float64) []float64

// New prepares the gauges of a scene for particles of this mass [kg], in 2-D
// [kg/m].
func New(sc *scene.Scene, mass float64) (*Set, error) {
	if !(mass > 0) {
		return nil, fmt.Errorf("the mass of a particle must be positive (got %g)", mass)
	}
	s := &Set{scene: sc, mass: mass}
	s.grid.space = newSpace(sc)
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
