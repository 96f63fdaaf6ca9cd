package validation

import (
	"bufio"
	"bytes"
	"embed"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

//go:embed data/*.csv
var data embed.FS

// table is one reference file: its columns by name, and where it is from.
type table struct {
	Source  string // its comment lines
	columns map[string][]string
	rows    int
}

// loadTable reads a file of data/. The files are ours: a mistake in one is a mistake of the program, which the tests find.
func loadTable(name string) *table {
	text, err := data.ReadFile("data/" + name + ".csv")
	if err == nil {
		var t *table
		if t, err = parseTable(text); err == nil {
			return t
		}
	}
	panic(fmt.Sprintf("reference %s: %v", name, err))
}

func parseTable(text []byte) (*table, error) {
	t := &table{columns: map[string][]string{}}
	var rest bytes.Buffer
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		if comment, ok := strings.CutPrefix(lines.Text(), "#"); ok {
			t.Source += strings.TrimSpace(comment) + "\n"
		} else {
			rest.WriteString(lines.Text() + "\n")
		}
	}
	if t.Source == "" {
		return nil, fmt.Errorf("does not say where it is from: a first line beginning with # should")
	}
	r := csv.NewReader(&rest)
	head, err := r.Read()
	if err != nil {
		return nil, err
	}
	for ; ; t.rows++ {
		row, err := r.Read()
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		for i, name := range head {
			t.columns[name] = append(t.columns[name], row[i])
		}
	}
}

// numbers are a column's values in the rows that are wanted; nil wants all.
func (t *table) numbers(column string, wanted func(row int) bool) []float64 {
	texts, ok := t.columns[column]
	if !ok {
		panic(fmt.Sprintf("no column %q in the reference %q", column, t.Source))
	}
	var values []float64
	for row, text := range texts {
		if wanted != nil && !wanted(row) {
			continue
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			panic(fmt.Sprintf("column %q, row %d of the reference %q: %v", column, row+1, t.Source, err))
		}
		values = append(values, v)
	}
	return values
}

// curve is one column over another.
func (t *table) curve(x, y string, wanted func(row int) bool) curve {
	return curve{t.numbers(x, wanted), t.numbers(y, wanted)}
}

// having wants the rows in which a column has this text.
func (t *table) having(column, text string) func(row int) bool {
	return func(row int) bool { return t.columns[column][row] == text }
}
