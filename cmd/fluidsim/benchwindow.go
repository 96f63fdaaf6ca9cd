package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Defaults of measuring the window.
const (
	windowFrames = 1000
	windowWarm   = 60 // frames: the driver compiles, quality finds its level
)

// benchWindow is how the window behaves, as a user meets it.
type benchWindow struct {
	Particles int  `json:"particles"`
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Panel     bool `json:"panel"`

	Start         []phase `json:"start"`
	StartSeconds  float64 `json:"start_seconds"` // from the program's first moment to the first picture
	ReloadSeconds float64 `json:"reload_seconds"`

	Frames    int            `json:"frames"`
	FrameMs   spread         `json:"frame_ms"`
	Hitches   int            `json:"hitches"` // frames longer than twice the median
	HitchesIn map[string]int `json:"hitches_in"`
	WorkMs    spread         `json:"work_ms"`  // of the program itself, with the next two
	StepsMs   spread         `json:"steps_ms"` // recording the commands of the simulation
	PanelMs   spread         `json:"panel_ms"`
	HandingMs spread         `json:"handing_ms"` // the commands over to the driver
	WaitingMs spread         `json:"waiting_ms"` // for the screen, or the device
	Latency   spread         `json:"latency_frames"`

	GroupsMade  float64 `json:"bind_groups_a_frame"`
	BytesMade   float64 `json:"device_bytes_a_frame"`
	Allocations float64 `json:"allocations_a_frame"` // of the program's own memory
}

// measureWindow opens the window on a scene and measures it, until enough frames were
// shown or the user ends it.
func (a *app) measureWindow(name string, o *windowOptions, frames int) (*benchReport, error) {
	src, err := findScene(name, nil)
	if err != nil {
		return nil, err
	}
	o.argument, o.plain = name, true
	v, err := a.prepareWindow(src, o)
	if err != nil {
		return nil, err
	}
	defer v.close()
	defer v.stop.release()
	if v.pacing, err = newPacing(v.device, min(windowWarm, frames), frames); err != nil {
		return nil, err
	}
	defer v.pacing.release()
	meter := newMeter(a.err, "window")
	defer meter.done()
	if err := v.firstPicture(); err != nil {
		return nil, err
	}
	v.launch.did("first picture")
	p := v.pacing
	for !p.done() {
		if err := v.turn(); err != nil {
			return nil, err
		}
		if v.quit {
			return nil, fmt.Errorf("the window was closed after %d of %d frames: nothing was measured to the end", len(p.spans), frames)
		}
		if v.fault != "" {
			return nil, fmt.Errorf("nothing was measured to the end: %s", firstLine(v.fault))
		}
		meter.at(float64(len(p.spans)), float64(frames))
	}
	r := &benchWindow{
		Particles: v.last.Particles, Panel: v.board.panel != nil && v.board.panel.Shown(),
		Start: v.launch.phases, StartSeconds: v.launch.seconds(),
	}
	r.Width, r.Height = v.screen.Size()
	r.take(p)
	v.pacing = nil
	began := time.Now()
	if err := v.open(src); err != nil {
		return nil, err
	}
	if err := v.firstPicture(); err != nil {
		return nil, err
	}
	r.ReloadSeconds = time.Since(began).Seconds()
	report := newBenchReport(v.device, name)
	report.Window = r
	return report, nil
}

// firstPicture goes on until a picture of the scene is on the screen and the device has
// finished it.
func (v *viewer) firstPicture() error {
	for before := v.frames; v.frames == before && !v.quit; {
		if err := v.turn(); err != nil {
			return err
		}
	}
	return v.device.Wait()
}

// take works out what was measured.
func (r *benchWindow) take(p *pacing) {
	of := func(get func(s span) float64) spread {
		var all []float64
		for _, s := range p.spans {
			all = append(all, get(s))
		}
		return spreadOf(all)
	}
	r.Frames = len(p.spans)
	r.FrameMs = of(func(s span) float64 { return s.whole })
	r.WorkMs = of(func(s span) float64 { return s.work })
	r.StepsMs = of(func(s span) float64 { return s.steps })
	r.PanelMs = of(func(s span) float64 { return s.panel })
	r.HandingMs = of(func(s span) float64 { return s.handing })
	r.WaitingMs = of(func(s span) float64 { return s.waiting })
	r.Hitches, r.HitchesIn = hitches(p.spans, r.FrameMs.Median)
	var late []float64
	for _, n := range p.latency {
		late = append(late, float64(n))
	}
	r.Latency = spreadOf(late)
	r.GroupsMade, r.BytesMade, r.Allocations = p.made.groups, p.made.bytes, p.made.mallocs
}

// print is the window's part of a report for a terminal.
func (r *benchWindow) print(out io.Writer) {
	panel := "with the panel"
	if !r.Panel {
		panel = "without the panel"
	}
	fmt.Fprintf(out, "\nthe window: %s particles, %dx%d, %s\n", inWords(r.Particles), r.Width, r.Height, panel)
	fmt.Fprintf(out, "first picture after %.2f s (%s); the scene again in %.2f s\n", r.StartSeconds, r.startInWords(), r.ReloadSeconds)
	fmt.Fprintf(out, "%d frames, %.1f a second; %d longer than %d times the median%s\n", r.Frames, 1e3/max(r.FrameMs.Median, 1e-9), r.Hitches, hitchRatio, r.hitchesInWords())
	fmt.Fprintf(out, "from an input to a finished picture with it: %.0f frames, at most %.0f\n", r.Latency.Median, r.Latency.Most)
	fmt.Fprintf(out, "made in a frame: %g bind groups, %g bytes on the device, %.0f pieces of the program's own memory\n\n", r.GroupsMade, r.BytesMade, r.Allocations)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "in a frame [ms]\tmedian\t99 %\tmost\t")
	for _, row := range r.rows() {
		fmt.Fprintf(w, "%s\t%.3f\t%.3f\t%.3f\t\n", row.name, row.of.Median, row.of.P99, row.of.Most)
	}
	w.Flush()
}

// markdown is the same as a table for sim/BENCHMARKS.md.
func (r *benchWindow) markdown(out io.Writer) {
	fmt.Fprintf(out, "\nWindow of %dx%d, %s particles: first picture after %.2f s (%s), the scene again in %.2f s; %d frames, %d hitches%s; %.0f frames, at most %.0f, from an input to a finished picture; %g bind groups and %g bytes on the device made in a frame.\n\n",
		r.Width, r.Height, inWords(r.Particles), r.StartSeconds, r.startInWords(), r.ReloadSeconds, r.Frames, r.Hitches, r.hitchesInWords(), r.Latency.Median, r.Latency.Most, r.GroupsMade, r.BytesMade)
	fmt.Fprintln(out, "| in a frame [ms] | median | 99 % | most |\n|---|---|---|---|")
	for _, row := range r.rows() {
		fmt.Fprintf(out, "| %s | %.3f | %.3f | %.3f |\n", row.name, row.of.Median, row.of.P99, row.of.Most)
	}
}

type spreadRow struct {
	name string
	of   spread
}

func (r *benchWindow) rows() []spreadRow {
	return []spreadRow{
		{"whole frame", r.FrameMs}, {"the program itself", r.WorkMs}, {"of that, recording the steps", r.StepsMs}, {"of that, the panel", r.PanelMs},
		{"handing over to the driver", r.HandingMs}, {"waiting for screen or device", r.WaitingMs},
	}
}

func (r *benchWindow) startInWords() string {
	var parts []string
	for _, p := range r.Start {
		parts = append(parts, fmt.Sprintf("%s %.2f", p.Name, p.Seconds))
	}
	return strings.Join(parts, ", ")
}

func (r *benchWindow) hitchesInWords() string {
	if r.Hitches == 0 {
		return ""
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(r.HitchesIn)) {
		parts = append(parts, fmt.Sprintf("%d in %s", r.HitchesIn[name], name))
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
