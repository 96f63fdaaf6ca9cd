package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/probe"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// reference is measured data that a probe is compared with.
type reference struct {
	name    string // of the file, without folder and ending
	x       []float64
	columns []int // of the readings
	y       [][]float64
}

// references reads the data that the probes of a scene name.
func references(src source, sc *scene.Scene, columns []probe.Column) ([]*reference, error) {
	all := make([]*reference, len(sc.Probes))
	for i, p := range sc.Probes {
		if p.Reference == "" {
			continue
		}
		text, err := src.beside(p.Reference)
		if err != nil {
			return nil, fmt.Errorf("probe %q: cannot read its reference %s: %w", p.Name, p.Reference, withoutPath(err))
		}
		var mine []int
		for n, c := range columns {
			if c.Probe == i {
				mine = append(mine, n)
			}
		}
		if all[i], err = parseReference(text, p, columns, mine); err != nil {
			return nil, fmt.Errorf("probe %q: reference %s: %w", p.Name, p.Reference, err)
		}
		all[i].name = strings.TrimSuffix(filepath.Base(p.Reference), filepath.Ext(p.Reference))
	}
	return all, nil
}

// beside reads a file whose path begins in the folder of the scene.
func (s source) beside(name string) ([]byte, error) {
	if !s.file {
		return scenes.File(path.Join(path.Dir(s.name), filepath.ToSlash(name)))
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(filepath.Dir(s.name), name)
	}
	return readBounded(name)
}

// withoutPath is an error of the file system without the path, which the user
// has been told already.
func withoutPath(err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// parseReference finds the columns that belong to a probe: those with the names
// of its own, or for a probe with one the column "value", or else the second. The
// first column is the time, for a profile the place along it.
func parseReference(text []byte, p scene.Probe, columns []probe.Column, mine []int) (*reference, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	r.Comment, r.TrimLeadingSpace = '#', true
	head, err := r.Read()
	if err == io.EOF {
		return nil, fmt.Errorf("it is empty; it wants a head like \"time,value\" and rows of numbers")
	} else if err != nil {
		return nil, err
	}
	if _, err := strconv.ParseFloat(strings.TrimSpace(head[0]), 64); err == nil {
		return nil, fmt.Errorf("its first row is numbers; it wants a head before them, like \"time,value\"")
	}
	out := &reference{}
	var from []int
	if p.Type == "profile" {
		if len(head) < 2 {
			return nil, fmt.Errorf("it has one column; it wants two, like \"along,height\"")
		}
		from = []int{1}
	} else if out.columns, from, err = matchColumns(head, columns, mine); err != nil {
		return nil, err
	}
	out.y = make([][]float64, len(from))
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		x, err := field(row[0], line)
		if err != nil {
			return nil, err
		}
		out.x = append(out.x, x)
		for n, column := range from {
			y, err := field(row[column], line)
			if err != nil {
				return nil, err
			}
			out.y[n] = append(out.y[n], y)
		}
	}
	if len(out.x) == 0 {
		return nil, fmt.Errorf("it has a head and no rows")
	}
	return out, nil
}

// matchColumns pairs readings with the columns of a table.
func matchColumns(head []string, columns []probe.Column, mine []int) (readings, from []int, err error) {
	var names []string
	for _, i := range mine {
		names = append(names, columns[i].Name)
		for n := 1; n < len(head); n++ {
			name, unit := splitHeading(head[n])
			if name != columns[i].Name {
				continue
			}
			if unit != "" && unit != columns[i].Unit {
				return nil, nil, fmt.Errorf("it gives %s in %s, and the probe in %s", name, unit, columns[i].Unit)
			}
			readings, from = append(readings, i), append(from, n)
			break
		}
	}
	if len(from) > 0 {
		return readings, from, nil
	}
	if len(mine) == 1 {
		for n := 1; n < len(head); n++ {
			if name, _ := splitHeading(head[n]); name == "value" {
				return mine, []int{n}, nil
			}
		}
		if len(head) > 1 {
			return mine, []int{1}, nil
		}
	}
	return nil, nil, fmt.Errorf("after the time it wants a column %s (it has %s)", strings.Join(names, " or "), strings.Join(head, ", "))
}

// splitHeading takes "level [m]" apart.
func splitHeading(heading string) (name, unit string) {
	name = strings.TrimSpace(heading)
	if before, after, found := strings.Cut(name, "["); found && strings.HasSuffix(after, "]") {
		return strings.TrimSpace(before), strings.TrimSuffix(after, "]")
	}
	return name, ""
}

// field is a number, or NaN where there is none.
func field(text string, line int) (float64, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return math.NaN(), nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, fmt.Errorf("line %d: %q is not a number", line, text)
	}
	return v, nil
}

// of is the data for one column of the readings, as far as these times reach.
func (r *reference) of(reading int, times []float64) (x, y []float64, ok bool) {
	if r == nil || len(times) == 0 {
		return nil, nil, false
	}
	for n, column := range r.columns {
		if column != reading {
			continue
		}
		for i, at := range r.x {
			if at >= times[0] && at <= times[len(times)-1] {
				x, y = append(x, at), append(y, r.y[n][i])
			}
		}
		return x, y, true
	}
	return nil, nil, false
}

// label is what the legend calls the data of a column.
func (r *reference) label(column string) string {
	if len(r.columns) > 1 {
		return r.name + " " + column
	}
	return r.name
}
