package main

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/fluidsim/fluidsim/sim/validation"
)

// validateReport is what a validation found; its JSON form is a promise.
type validateReport struct {
	Version string               `json:"version"`
	Adapter string               `json:"adapter"`
	Set     []string             `json:"set"` // what --set changed
	Results []*validation.Result `json:"results"`
}

// count is how many figures there are and how many reached their target; a run that stopped itself counts as one that did not.
func (r *validateReport) count() (all, passed int) {
	for _, result := range r.Results {
		for _, f := range result.Figures {
			all++
			if f.Pass() {
				passed++
			}
		}
		if result.Failure != "" {
			all++
		}
	}
	return all, passed
}

func (r *validateReport) short() int {
	all, passed := r.count()
	return all - passed
}

// validateTable tells results as they come, a line a figure; nothing when other forms are printed.
type validateTable struct {
	w           io.Writer
	name, title int // widths
}

func (a *app) newTable(runs []validateRun, o *validateOptions) *validateTable {
	t := &validateTable{w: a.out, name: len("case")}
	if o.asJSON || o.markdown {
		t.w = io.Discard
	}
	for _, run := range runs {
		t.name = max(t.name, len(run.of.Name))
	}
	return t
}

func (t *validateTable) row(name, solver, across, figure, value, target, verdict string) {
	line := fmt.Sprintf("%-*s  %-6s  %6s  %-32s  %15s  %12s  %s", t.name, name, solver, across, figure, value, target, verdict)
	fmt.Fprintln(t.w, strings.TrimRight(line, " "))
}

func (t *validateTable) head(r *validateReport) {
	fmt.Fprintf(t.w, "fluidsim %s on %s\n", r.Version, r.Adapter)
	if len(r.Set) > 0 {
		fmt.Fprintf(t.w, "changed by --set: %s\n", strings.Join(r.Set, ", "))
	}
	fmt.Fprintln(t.w)
	t.row("case", "solver", "across", "figure", "value", "at most", "")
}

func (t *validateTable) result(r *validation.Result) {
	name, solver, across := r.Case, r.Solver, fmt.Sprint(r.Across)
	for _, f := range r.Figures {
		t.row(name, solver, across, f.Name, amount(f.Value, f.Unit), amount(f.Target, f.Unit), verdict(f))
		name, solver, across = "", "", ""
	}
	if r.Failure != "" {
		t.row(name, solver, across, "stopped itself: "+r.Failure, "", "", "short")
	}
}

// end sums up: the solvers side by side, and what is short and why.
func (t *validateTable) end(r *validateReport) {
	if rows := solverRows(r.Results); len(rows) > 0 {
		fmt.Fprintln(t.w, "\nsolvers on the dam break (dam-break-2), with the pressure of still-column:")
		for _, row := range append([][]string{solverHead}, rows...) {
			line := fmt.Sprintf("  %-6s  %6s  %14s  %16s  %14s  %12s  %20s", row[0], row[1], row[2], row[3], row[4], row[5], row[6])
			fmt.Fprintln(t.w, strings.TrimRight(line, " "))
		}
	}
	all, passed := r.count()
	fmt.Fprintf(t.w, "\n%d of %d figures reached their targets\n", passed, all)
	for _, result := range r.Results {
		for _, f := range result.Figures {
			if !f.Pass() {
				fmt.Fprintf(t.w, "short: %s, %s, %d across: %s\n", result.Case, result.Solver, result.Across, because(f))
			}
		}
		if result.Failure != "" {
			fmt.Fprintf(t.w, "short: %s, %s, %d across: stopped itself\n", result.Case, result.Solver, result.Across)
		}
	}
}

func because(f validation.Figure) string {
	if f.Reason == "" {
		return f.Name
	}
	return f.Name + ": " + f.Reason
}

func verdict(f validation.Figure) string {
	if f.Pass() {
		return "pass"
	}
	return "short"
}

// amount is a number to three digits with its unit.
func amount(v float64, unit string) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "unknown"
	}
	return strings.TrimSpace(fmt.Sprintf("%.3g %s", v, unit))
}

var solverHead = []string{"solver", "across", "wall s / sim s", "density, mean", "density, worst", "front error", "pressure, worst layer"}

// solverRows puts the solvers side by side, where more than one has run the dam break.
func solverRows(results []*validation.Result) [][]string {
	figure := func(from *validation.Result, name string) string {
		if from != nil {
			for _, f := range from.Figures {
				if f.Name == name {
					return amount(f.Value, f.Unit)
				}
			}
		}
		return "-"
	}
	var rows [][]string
	solvers := map[string]bool{}
	for _, r := range results {
		if r.Case != "dam-break-2" || !(r.Seconds > 0) {
			continue
		}
		solvers[r.Solver] = true
		var column *validation.Result // the longest run
		for _, other := range results {
			if other.Case == "still-column" && other.Solver == r.Solver && other.Across == r.Across && (column == nil || other.Seconds > column.Seconds) {
				column = other
			}
		}
		rows = append(rows, []string{
			r.Solver, fmt.Sprint(r.Across), amount(r.WallPerSecond(), ""), amount(100*r.Density, "%"), amount(100*r.Worst, "%"),
			figure(r, "front"), figure(column, "pressure, worst layer"),
		})
	}
	if len(solvers) < 2 {
		return nil
	}
	return rows
}

// markdown writes the tables for sim/VALIDATION.md.
func (r *validateReport) markdown(w io.Writer) {
	fmt.Fprintf(w, "fluidsim %s on %s.", r.Version, r.Adapter)
	if len(r.Set) > 0 {
		fmt.Fprintf(w, " Changed by --set: %s.", strings.Join(r.Set, ", "))
	}
	all, passed := r.count()
	fmt.Fprintf(w, " %d of %d figures reached their targets.\n\n", passed, all)
	markdownRow(w, "case", "solver", "across", "particles", "simulated", "took", "figure", "value", "at most", "")
	markdownRow(w, "---", "---", "---:", "---:", "---:", "---:", "---", "---:", "---:", "---")
	for _, result := range r.Results {
		first := []string{
			result.Case, result.Solver, fmt.Sprint(result.Across), inWords(result.Particles), amount(result.Seconds, "s"), amount(result.Wall, "s"),
		}
		for _, f := range result.Figures {
			told := verdict(f)
			if !f.Pass() {
				told = "**short**"
			}
			markdownRow(w, append(first, f.Name, amount(f.Value, f.Unit), amount(f.Target, f.Unit), told)...)
			first = make([]string, 6)
		}
		if result.Failure != "" {
			markdownRow(w, append(first, "stopped itself: "+result.Failure, "", "", "**short**")...)
		}
	}
	if rows := solverRows(r.Results); len(rows) > 0 {
		fmt.Fprintf(w, "\nThe solvers on the dam break (dam-break-2), and the pressure of still-column:\n\n")
		markdownRow(w, solverHead...)
		markdownRow(w, "---", "---:", "---:", "---:", "---:", "---:", "---:")
		for _, row := range rows {
			markdownRow(w, row...)
		}
	}
}

func markdownRow(w io.Writer, cells ...string) {
	fmt.Fprintf(w, "| %s |\n", strings.Join(cells, " | "))
}
