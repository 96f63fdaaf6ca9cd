package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/render/plot"
	"github.com/fluidsim/fluidsim/sim/probe"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
	"github.com/fluidsim/fluidsim/sim/whole"
)

// exampleProbe is what to say to somebody whose scene has no gauges.
const exampleProbe = `  [[probe]]
  name = "level"
  type = "height"
  position = [%.3g, %.3g, %.3g]
`

// gaugeFiles are where the readings go; empty: nowhere.
type gaugeFiles struct{ table, plot string }

func (o gaugeFiles) asked() bool { return o.table != "" || o.plot != "" }

// flags are what a command offers for the gauges.
func (o *gaugeFiles) flags(c *cobra.Command) {
	c.Flags().StringVar(&o.table, "probes", "", "write what the scene's gauges read to this .csv `FILE`")
	c.Flags().StringVar(&o.plot, "plot", "", "draw what the scene's gauges read as this .png or .svg `FILE`")
}

// check refuses files that cannot be meant; other is one more output.
func (o gaugeFiles) check(other string) error {
	if o.plot != "" {
		if _, err := plot.Format(o.plot); err != nil {
			return usagef("--plot: %w", err)
		}
	}
	for _, pair := range [][2]string{{o.table, o.plot}, {o.table, other}, {o.plot, other}} {
		if pair[0] != "" && pair[1] != "" && sameFile(pair[0], pair[1]) {
			return usagef("%s is named for two outputs: give each a file of its own", pair[0])
		}
	}
	return nil
}

// gauges reads the gauges of a scene while a run passes their moments. A nil one
// reads nothing.
type gauges struct {
	scene   *scene.Scene
	set     *probe.Set
	columns []probe.Column
	next    int // number of the next reading, which is due at next/rate

	table *whole.File
	out   *bufio.Writer
	rows  *csv.Writer
	path  gaugeFiles
	count int // readings taken

	drawing    bool
	picture    *whole.File
	title      string
	references []*reference // by probe
	times      []float64
	readings   [][]float64
}

// newGauges prepares the gauges of a run, or the global ones where the scene has
// none, and opens what they write: what can be known to fail fails here.
func (a *app) newGauges(s *session, argument string, o gaugeFiles) (g *gauges, err error) {
	if !o.asked() {
		return nil, nil
	}
	sc := s.scene
	if len(sc.Probes) == 0 {
		sc = a.withGlobals(sc)
	}
	g = &gauges{scene: sc, path: o, drawing: o.plot != ""}
	defer func() {
		if err != nil {
			g.abandon()
			g, err = nil, fmt.Errorf("no gauges: %w", err)
		}
	}()
	origin := s.solver.View().Origin
	if g.set, err = probe.New(sc, probe.Run{Params: s.solver.Params(), Bodies: solver.Bodies(sc, origin), Origin: origin}); err != nil {
		return nil, err
	}
	g.columns = g.set.Columns()
	if g.drawing {
		src, err := findScene(argument, nil)
		if err != nil {
			return nil, err
		}
		if g.references, err = references(src, sc, g.columns); err != nil {
			return nil, err
		}
		g.title = fmt.Sprintf("%s: %s particles, spacing %.4g m, %s", titleOf(sc), inWords(s.set.Report.Fluid), sc.Fluid.Spacing, sc.Solver.Type)
		if g.picture, err = whole.Create(o.plot); err != nil {
			return nil, err
		}
	}
	if o.table != "" {
		if g.table, err = whole.Create(o.table); err != nil {
			return nil, err
		}
		g.out = bufio.NewWriter(g.table)
		g.rows = csv.NewWriter(g.out)
		heads := []string{"time [s]"}
		for _, c := range g.columns {
			heads = append(heads, c.Heading())
		}
		if err = g.rows.Write(heads); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// sameFile tells whether two paths name one file, through links too.
func sameFile(a, b string) bool {
	if filepath.Clean(a) == filepath.Clean(b) {
		return true
	}
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

func titleOf(sc *scene.Scene) string {
	if sc.Title != "" {
		return sc.Title
	}
	return sc.Name
}

// withGlobals is the scene with the gauges that need no place, and tells how to
// add others.
func (a *app) withGlobals(sc *scene.Scene) *scene.Scene {
	with := *sc
	for _, kind := range probe.Globals {
		with.Probes = append(with.Probes, scene.Probe{Name: kind, Type: kind})
	}
	low, high := sc.Domain.Min, sc.Domain.Max
	fmt.Fprintf(a.err, "fluidsim: %s has no gauges, so energies and other sums are read; to measure at a place, put this into the scene:\n"+
		exampleProbe, sc.Name, (low[0]+high[0])/2, low[1], (low[2]+high[2])/2)
	return &with
}

// early is how much before its moment a reading may be taken, in intervals: time
// steps of 5 ms add up to 9.9999998 ms on the device, and the next one would be
// half an interval late.
const early = 1e-4

// due is when the next reading is to be taken [s].
func (g *gauges) due() float64 {
	if g == nil {
		return math.Inf(1)
	}
	return math.Max(float64(g.next)-early, 0) / g.scene.ProbeRate
}

// after is the number of the reading that follows one of a state at this time.
// Moments that a long step has passed are left out.
func (g *gauges) after(t float64) int {
	next := max(g.next+1, int(t*g.scene.ProbeRate))
	for (float64(next)-early)/g.scene.ProbeRate <= t {
		next++
	}
	return next
}

// take reads the gauges: the state is the first one at or after the moment, and
// its own time is written down.
func (g *gauges) take(s *session, last solver.Stats) error {
	st, err := s.solver.State()
	if err != nil {
		return err
	}
	readings := g.set.Sample(&probe.Frame{
		Time: last.Time, Position: st.Position, Velocity: st.Velocity,
		Density: st.Density, Pressure: st.Pressure, Neighbours: st.Neighbours,
		Obstacles: s.solver.Obstacles(0), Bodies: s.solver.BodiesAt(0),
	})
	g.count++
	g.next = g.after(last.Time)
	if g.drawing {
		g.times, g.readings = append(g.times, last.Time), append(g.readings, readings)
	}
	if g.rows == nil {
		return nil
	}
	fields := []string{strconv.FormatFloat(last.Time, 'g', -1, 64)}
	for _, v := range readings {
		text := ""
		if !math.IsNaN(v) {
			text = strconv.FormatFloat(v, 'g', 9, 64)
		}
		fields = append(fields, text)
	}
	return g.rows.Write(fields)
}

// pass runs until simulated time is at least t, but not beyond the step limit,
// and reads the gauges on the way. The stops change nothing of what is computed.
func (g *gauges) pass(s *session, t float64, limit uint64, stop *interrupt) (solver.Stats, error) {
	for g.due() <= t {
		due := g.due()
		last, err := s.advance(due, limit, stop)
		if err != nil || last.Time < due {
			return last, err
		}
		if err := g.take(s, last); err != nil {
			return last, err
		}
	}
	return s.advance(t, limit, stop)
}

// finish puts the files in their places.
func (g *gauges) finish() error {
	if g == nil {
		return nil
	}
	if err := g.finishFiles(); err != nil {
		return fmt.Errorf("no gauges: %w", err)
	}
	return nil
}

func (g *gauges) finishFiles() error {
	if g.table != nil {
		g.rows.Flush()
		if err := g.rows.Error(); err != nil {
			return err
		}
		if err := g.out.Flush(); err != nil {
			return err
		}
		if err := g.table.Commit(); err != nil {
			return err
		}
		g.table = nil
	}
	if g.picture != nil {
		format, err := plot.Format(g.path.plot)
		if err != nil {
			return err
		}
		out := bufio.NewWriter(g.picture)
		if err := g.figure().Write(out, format); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
		if err := g.picture.Commit(); err != nil {
			return err
		}
		g.picture = nil
	}
	return nil
}

// tell says what was written, after finish.
func (g *gauges) tell(a *app) {
	if g == nil {
		return
	}
	if g.path.table != "" {
		fmt.Fprintf(a.out, "wrote %s (%d rows)\n", g.path.table, g.count)
	}
	if g.path.plot != "" {
		fmt.Fprintf(a.out, "wrote %s\n", g.path.plot)
	}
}

// abandon removes what was written so far, if it was not finished.
func (g *gauges) abandon() {
	if g == nil {
		return
	}
	for _, file := range []*whole.File{g.table, g.picture} {
		if file != nil {
			file.Drop()
		}
	}
	g.table, g.picture = nil, nil
}
