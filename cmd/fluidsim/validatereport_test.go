package main

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/sim/validation"
)

// someResults have a figure that passes, one that is short for a known reason, one that is unknown, and a run that stopped itself.
func someResults() []*validation.Result {
	return []*validation.Result{
		{Case: "dam-break-2", Solver: "dfsph", Across: 20, Seconds: 2, Wall: 30, Density: 0.0005, Worst: 0.02, Figures: []validation.Figure{
			{Name: "front", Value: 1.234, Target: 5, Unit: "%"},
			{Name: "height", Value: -7, Target: 5, Unit: "%", Reason: "the reason found"},
		}},
		{Case: "dam-break-2", Solver: "pbf", Across: 20, Seconds: 2, Wall: 3, Figures: []validation.Figure{{Name: "front", Value: math.NaN(), Target: 5, Unit: "%"}}},
		{Case: "dam-break-2", Solver: "wcsph", Across: 20, Failure: "a particle is nowhere"},
		{Case: "still-column", Solver: "dfsph", Across: 20, Seconds: 10, Figures: []validation.Figure{{Name: "pressure, worst layer", Value: 9, Target: 2, Unit: "%"}}},
		{Case: "still-column", Solver: "dfsph", Across: 20, Seconds: 60, Figures: []validation.Figure{{Name: "pressure, worst layer", Value: 1, Target: 2, Unit: "%"}}},
	}
}

func TestValidateReport(t *testing.T) {
	report := &validateReport{Version: "v1", Adapter: "a GPU", Set: []string{"time.cfl=0.2"}, Results: someResults()}
	if all, passed := report.count(); all != 6 || passed != 2 || report.short() != 4 {
		t.Errorf("%d of %d figures", passed, all)
	}
	var out bytes.Buffer
	table := &validateTable{w: &out, name: len("still-column")}
	table.head(report)
	for _, r := range report.Results {
		table.result(r)
	}
	table.end(report)
	for _, want := range []string{
		"fluidsim v1 on a GPU\nchanged by --set: time.cfl=0.2\n",
		"dam-break-2   dfsph       20  front                                      1.23 %           5 %  pass\n",
		"                              height                                       -7 %           5 %  short\n",
		"dam-break-2   pbf         20  front                                     unknown           5 %  short\n",
		"stopped itself: a particle is nowhere",
		"\n  dfsph       20              15            0.05 %             2 %        1.23 %                   1 %\n",
		"\n2 of 6 figures reached their targets\n",
		"short: dam-break-2, dfsph, 20 across: height: the reason found\n",
		"short: dam-break-2, wcsph, 20 across: stopped itself\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, out.String())
		}
	}
	out.Reset()
	report.markdown(&out)
	width := 0
	for line := range strings.Lines(out.String()) {
		if n := strings.Count(line, "|"); n > 0 && width > 0 && n != width {
			t.Errorf("a row with %d bars below one with %d: %s", n, width, line)
		} else {
			width = n
		}
	}
	for _, want := range []string{
		"fluidsim v1 on a GPU. Changed by --set: time.cfl=0.2. 2 of 6 figures reached their targets.\n",
		"| dam-break-2 | dfsph | 20 | 0 | 2 s | 30 s | front | 1.23 % | 5 % | pass |\n",
		"|  |  |  |  |  |  | height | -7 % | 5 % | **short** |\n",
		"| stopped itself: a particle is nowhere |  |  | **short** |\n",
		"| dfsph | 20 | 15 | 0.05 % | 2 % | 1.23 % | 1 % |\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the Markdown lacks %q:\n%s", want, out.String())
		}
	}
}

// A case's picture has the colours of the references on what belongs to them.
func TestCaseFigure(t *testing.T) {
	figure := caseFigure("a case", []validation.Chart{{X: "t", Y: "u", Lines: []validation.Line{
		{Name: "exact, 1 s", Reference: true}, {Name: "exact, 2 s", Reference: true}, {Name: "dfsph", Like: "exact, 2 s"}, {Name: "pbf"},
	}}})
	lines := figure.Panels[0].Lines
	if lines[2].Like != 2 || lines[3].Like != 0 || lines[0].Like != 0 {
		t.Errorf("%+v", lines)
	}
}
