package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"github.com/fluidsim/fluidsim/sim/solver"
	"github.com/fluidsim/fluidsim/sim/whole"
)

// statsTable is the time series of a run as a .csv file, whole or not there. A
// nil file takes rows and writes nothing.
type statsTable struct {
	file *whole.File
	w    *bufio.Writer
	rows int
	last uint64
	err  error
}

// statsColumns are the columns of the table: a name with its unit, and the value.
var statsColumns = []struct {
	name  string
	value func(solver.Stats) float64
}{
	{"step", func(s solver.Stats) float64 { return float64(s.Step) }},
	{"time [s]", func(s solver.Stats) float64 { return s.Time }},
	{"dt [s]", func(s solver.Stats) float64 { return s.Dt }},
	{"particles", func(s solver.Stats) float64 { return float64(s.Particles) }},
	{"lost", func(s solver.Stats) float64 { return float64(s.Lost) }},
	{"max_speed [m/s]", func(s solver.Stats) float64 { return s.MaxSpeed }},
	{"density_error_mean", func(s solver.Stats) float64 { return s.DensityErrorMean }},
	{"density_error_max", func(s solver.Stats) float64 { return s.DensityErrorMax }},
	{"neighbours_mean", func(s solver.Stats) float64 { return s.NeighboursMean }},
	{"kinetic_energy [J]", func(s solver.Stats) float64 { return s.KineticEnergy }},
	{"potential_energy [J]", func(s solver.Stats) float64 { return s.PotentialEnergy }},
	{"momentum_x [kg m/s]", func(s solver.Stats) float64 { return s.Momentum[0] }},
	{"momentum_y [kg m/s]", func(s solver.Stats) float64 { return s.Momentum[1] }},
	{"momentum_z [kg m/s]", func(s solver.Stats) float64 { return s.Momentum[2] }},
	{"divergence_iterations", func(s solver.Stats) float64 { return float64(s.DivergenceIterations) }},
	{"density_iterations", func(s solver.Stats) float64 { return float64(s.DensityIterations) }},
	{"viscosity_iterations", func(s solver.Stats) float64 { return float64(s.ViscosityIterations) }},
	{"wall_clamps", func(s solver.Stats) float64 { return float64(s.WallClamps) }},
}

func newStatsTable(path string) (*statsTable, error) {
	t := &statsTable{}
	if path == "" {
		return t, nil
	}
	file, err := whole.Create(path)
	if err != nil {
		return nil, fmt.Errorf("no statistics: %w", err)
	}
	t.file, t.w = file, bufio.NewWriter(file)
	var names []string
	for _, column := range statsColumns {
		names = append(names, column.name)
	}
	t.line(names)
	return t, nil
}

func (t *statsTable) row(s solver.Stats) {
	if t.rows > 0 && s.Step == t.last {
		return // nothing has happened since the last row
	}
	t.rows, t.last = t.rows+1, s.Step
	if t.file == nil {
		return
	}
	fields := make([]string, len(statsColumns))
	for i, column := range statsColumns {
		fields[i] = strconv.FormatFloat(column.value(s), 'g', 9, 64)
	}
	t.line(fields)
}

func (t *statsTable) line(fields []string) {
	if _, err := t.w.WriteString(strings.Join(fields, ",") + "\n"); err != nil && t.err == nil {
		t.err = err
	}
}

// finish puts the table in its place.
func (t *statsTable) finish() error {
	if t.file == nil {
		return nil
	}
	err := t.err
	if err == nil {
		err = t.w.Flush()
	}
	if err == nil {
		err = t.file.Commit()
	}
	if err != nil {
		return fmt.Errorf("no statistics: %w", err)
	}
	t.file = nil
	return nil
}

// abandon removes what was written so far, if it was not finished.
func (t *statsTable) abandon() {
	if t.file != nil {
		t.file.Drop()
		t.file = nil
	}
}
