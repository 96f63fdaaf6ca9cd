package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/render/capture"
	"github.com/fluidsim/fluidsim/sim/export"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// exportFiles are the particle files that are asked for; no formats: none.
type exportFiles struct {
	formats []string
	folder  string
}

// flags are what a command offers for particle files.
func (o *exportFiles) flags(c *cobra.Command) {
	c.Flags().StringSliceVar(&o.formats, "export", nil, "write the particles of every frame for other programs: `ply`, vtk or ply,vtk")
	c.Flags().StringVar(&o.folder, "export-to", "", "`FOLDER` for the particle files (default: named after the output or the scene)")
	_ = c.RegisterFlagCompletionFunc("export", cobra.FixedCompletions(export.Formats(), cobra.ShellCompDirectiveNoFileComp))
}

// check refuses what cannot be meant.
func (o *exportFiles) check() error {
	if len(o.formats) == 0 && o.folder != "" {
		return usagef("--export-to names a folder for particle files, but there are none: add --export ply or --export vtk")
	}
	for i, name := range o.formats {
		if _, err := export.FormatNamed(name); err != nil {
			return usagef("--export: %w", err)
		}
		if slices.Contains(o.formats[:i], name) {
			return usagef("--export: %s is given twice", name)
		}
	}
	return nil
}

// exports writes the particles while a run passes their moments. A nil one
// writes nothing.
type exports struct {
	series  []*export.Series
	formats []string
	from    float64
	fps     float64
	next    int // number of the next moment, see due
}

// newExports opens the folder; what can be known to fail fails here. Base is what
// the folder is named after.
func newExports(s *session, o exportFiles, base string, from, fps float64, overwrite bool) (*exports, error) {
	if len(o.formats) == 0 {
		return nil, nil
	}
	folder := o.folder
	if folder == "" {
		folder = filepath.Clean(base)
		if ending := filepath.Ext(folder); slices.Contains(capture.Endings(), strings.ToLower(ending)) {
			folder = strings.TrimSuffix(folder, ending)
		}
		folder += "-particles"
	}
	x := &exports{formats: o.formats, from: from, fps: fps}
	for _, name := range o.formats {
		format, err := export.FormatNamed(name)
		if err != nil {
			return nil, err
		}
		series, err := export.NewSeries(folder, format, export.Options{Title: titleOf(s.scene), Overwrite: overwrite})
		if err != nil {
			return nil, err
		}
		x.series = append(x.series, series)
	}
	return x, nil
}

// pass runs until simulated time is at least t, but not beyond the step limit,
// reads the gauges and writes the particles on the way: of each moment the first
// state at or after it. The stops change nothing of what is computed.
func (x *exports) pass(s *session, g *gauges, t float64, limit uint64, stop *interrupt) (solver.Stats, error) {
	for x != nil && x.due() <= t {
		due := x.due()
		last, err := g.pass(s, due, limit, stop)
		if err != nil || last.Time < due {
			return last, err
		}
		if err := x.take(s, last); err != nil {
			return last, err
		}
	}
	return g.pass(s, t, limit, stop)
}

// due is when the next files are to be written [s].
func (x *exports) due() float64 { return x.from + float64(x.next)/x.fps }

func (x *exports) take(s *session, last solver.Stats) error {
	st, err := s.solver.State()
	if err != nil {
		return err
	}
	frame := &export.Frame{
		Time: last.Time, ID: st.ID, Position: st.Position, Velocity: st.Velocity, Density: st.Density, Pressure: st.Pressure,
	}
	for _, series := range x.series {
		if err := series.Add(frame); err != nil {
			return err
		}
	}
	x.next++
	return nil
}

// finish closes what is written; files that are there stay, also of a run that
// ends early.
func (x *exports) finish(a *app) error {
	if x == nil {
		return nil
	}
	var all error
	for i, series := range x.series {
		err := series.Close()
		all = errors.Join(all, err)
		switch n := series.Frames(); {
		case n == 1 && err == nil:
			fmt.Fprintf(a.out, "wrote %s: 1 file of particles (%s)\n", series.Folder(), x.formats[i])
		case n > 1 && err == nil:
			fmt.Fprintf(a.out, "wrote %s: %s files of particles (%s)\n", series.Folder(), inWords(n), x.formats[i])
		}
	}
	x.series = nil
	return all
}
