// Package shaders holds every WGSL text of the program and what can be said about it without a GPU: it joins a
// shader with what it imports, maps lines of the joined text back to the files, and reflects bindings, struct
// layouts, constants and entry points, so that Go never repeats a number that WGSL states.
//
// A shader is named by its path without the ending: "sim/density" is the file sim/density.wgsl and the entry point
// density. Files in common/ have no entry points; others import them with a line
//
//	//import common/params.wgsl
//
// WGSL has no function values, so a loop that many kernels share, with another body in each, is a frame: a file that says
// where the body goes with a line //body. A kernel fills it with the lines between these two:
//
//	//frame common/near.wgsl
//	//end
//
// The names that a frame declares hide the kernel's, so its own ones are long enough not to be met in bodies.
//
// A kernel with loops that runs between drawing needs select in the place of a branch whose condition is made of uniforms only:
// lavapipe makes such a kernel anew for their values whenever they are bound anew, and keeps every copy.
//
// The package uses the standard library only, and must not know wgpu, devices or solvers.
package shaders

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"
)

// The pattern matches whatever rooms exist, so that a new one needs no change here.
//
//go:embed */*.wgsl
var files embed.FS

const (
	importDirective = "//import "
	frameDirective  = "//frame "
	bodyDirective   = "//body"
	endDirective    = "//end"
)

// Module is one shader with everything it imports.
type Module struct {
	Name   string
	Source string
	origin []place // of each line of Source; empty for a module written inline
}

type place struct {
	file string
	line int
}

// Names lists the embedded shaders below prefix ("sim", "render", or "" for all) that have entry points, sorted.
func Names(prefix string) []string { return names(files, prefix) }

func names(fsys fs.FS, prefix string) []string {
	var found []string
	fs.WalkDir(fsys, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(file) != ".wgsl" {
			return err
		}
		name := strings.TrimSuffix(file, ".wgsl")
		if prefix != "" && !strings.HasPrefix(name, strings.TrimSuffix(prefix, "/")+"/") {
			return nil
		}
		if text, err := fs.ReadFile(fsys, file); err == nil && hasEntry(string(text)) {
			found = append(found, name)
		}
		return nil
	})
	sort.Strings(found)
	return found
}

func hasEntry(text string) bool {
	tokens, err := scan(text)
	if err != nil {
		return false
	}
	for i := 1; i < len(tokens); i++ {
		if tokens[i-1].text == "@" {
			switch tokens[i].text {
			case "compute", "vertex", "fragment":
				return true
			}
		}
	}
	return false
}

// Compose joins the embedded shader of that name with its imports, each file once, before the line that asks for it.
func Compose(name string) (*Module, error) { return compose(files, name, nil) }

// Unmarked are the files that stand for others where particles have no marks, for ComposeWith.
func Unmarked() map[string]string {
	return map[string]string{
		"common/marks_write.wgsl": "common/marks_none.wgsl",
		"common/marks_read.wgsl":  "common/marks_none.wgsl",
		"common/marked.wgsl":      "common/near.wgsl",
	}
}

// Periodic are those for scenes with periodic axes.
func Periodic() map[string]string {
	return map[string]string{
		"common/rows.wgsl":     "common/rows_periodic.wgsl",
		"common/each_row.wgsl": "common/each_row_periodic.wgsl",
		"common/apart.wgsl":    "common/apart_periodic.wgsl",
	}
}

// ComposeWith is Compose with some imports replaced by others: a kernel written against one file's functions gets
// another file's.
func ComposeWith(name string, instead map[string]string) (*Module, error) {
	return compose(files, name, instead)
}

func compose(fsys fs.FS, name string, instead map[string]string) (*Module, error) {
	c := composer{fsys: fsys, state: map[string]int{}, instead: instead}
	if err := c.add(name+".wgsl", nil); err != nil {
		return nil, err
	}
	return &Module{Name: name, Source: c.text.String(), origin: c.origin}, nil
}

const (
	reading = 1
	done    = 2
)

type composer struct {
	fsys    fs.FS
	instead map[string]string
	state   map[string]int
	text    strings.Builder
	origin  []place
}

// sourceLine is a line of a file and where it stands there.
type sourceLine struct {
	text string
	place
}

// read gives the lines of the file that stands for the wanted one; chain: who asks for whom.
func (c *composer) read(file string, chain []string) ([]sourceLine, error) {
	raw, err := fs.ReadFile(c.fsys, file)
	if err != nil {
		if len(chain) == 1 {
			return nil, fmt.Errorf("there is no shader %q", file)
		}
		return nil, fmt.Errorf("%s imports %q, which does not exist", chain[len(chain)-2], file)
	}
	var lines []sourceLine
	text := strings.TrimSuffix(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n")
	for i, line := range strings.Split(text, "\n") {
		lines = append(lines, sourceLine{line, place{file, i + 1}})
	}
	return lines, nil
}

func (c *composer) chosen(wanted string) string {
	wanted = strings.TrimSpace(wanted)
	if other, ok := c.instead[wanted]; ok {
		return other
	}
	return wanted
}

func (c *composer) add(file string, chain []string) error {
	chain = append(slices.Clone(chain), file)
	switch c.state[file] {
	case done:
		return nil
	case reading:
		return fmt.Errorf("shader imports go in a circle: %s", strings.Join(chain, " -> "))
	}
	lines, err := c.read(file, chain)
	if err != nil {
		return err
	}
	c.state[file] = reading
	if err := c.write(lines, chain); err != nil {
		return err
	}
	c.state[file] = done
	return nil
}

// write appends lines, with what they import and with frames filled.
func (c *composer) write(lines []sourceLine, chain []string) error {
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		directive := strings.TrimSpace(line.text)
		if wanted, ok := strings.CutPrefix(line.text, importDirective); ok {
			if err := c.add(c.chosen(wanted), chain); err != nil {
				return err
			}
			continue
		}
		if wanted, ok := strings.CutPrefix(directive, frameDirective); ok {
			end := slices.IndexFunc(lines[i:], func(l sourceLine) bool { return strings.TrimSpace(l.text) == endDirective })
			if end < 0 {
				return fmt.Errorf("%s:%d: the frame has no %s", line.file, line.line, endDirective)
			}
			body := lines[i+1 : i+end]
			if slices.ContainsFunc(body, func(l sourceLine) bool { return strings.HasPrefix(strings.TrimSpace(l.text), frameDirective) }) {
				return fmt.Errorf("%s:%d: the body of a frame holds another frame", line.file, line.line)
			}
			if err := c.fill(c.chosen(wanted), body, chain); err != nil {
				return err
			}
			i += end
			continue
		}
		c.text.WriteString(line.text)
		c.text.WriteByte('\n')
		c.origin = append(c.origin, line.place)
	}
	return nil
}

// fill appends a frame with body in its place. A body holds no frame of its own, a frame may fill another one with the body that
// it is given.
func (c *composer) fill(file string, body []sourceLine, chain []string) error {
	if slices.Contains(chain, file) {
		return fmt.Errorf("shader frames go in a circle: %s -> %s", strings.Join(chain, " -> "), file)
	}
	chain = append(slices.Clone(chain), file)
	lines, err := c.read(file, chain)
	if err != nil {
		return err
	}
	var filled []sourceLine
	bodies := 0
	for _, line := range lines {
		if strings.TrimSpace(line.text) == bodyDirective {
			filled = append(filled, body...)
			bodies++
			continue
		}
		filled = append(filled, line)
	}
	if bodies == 0 {
		return fmt.Errorf("%s is used as a frame and has no line %s", file, bodyDirective)
	}
	return c.write(filled, chain)
}

// Origin tells which line of which file became the given line of Source; both count from 1.
func (m *Module) Origin(line int) (file string, orig int) {
	if line < 1 || line > len(m.origin) {
		return m.Name, line
	}
	p := m.origin[line-1]
	return p.file, p.line
}

// Entry is the entry point that a module of this name must have if it is a kernel: the last part of the name.
func (m *Module) Entry() string { return path.Base(m.Name) }

// Replace gives a copy in which the text old, which must occur exactly once, has become new: tests plant faults so.
func (m *Module) Replace(old, new string) (*Module, error) {
	switch n := strings.Count(m.Source, old); {
	case old == "":
		return nil, fmt.Errorf("%s: nothing to replace was named", m.Name)
	case n != 1:
		return nil, fmt.Errorf("%s: the text %q occurs %d times, want exactly one", m.Name, old, n)
	}
	changed := &Module{Name: m.Name, Source: strings.Replace(m.Source, old, new, 1)}
	if strings.Count(old, "\n") == strings.Count(new, "\n") {
		changed.origin = m.origin
	}
	return changed, nil
}

// Header is the comment that opens every kernel.
type Header struct {
	Formula, Reads, Writes, Invariant, Source, Oracle string
}

// KernelHeader reads the opening comment of the embedded kernel of that name; a missing line is an error.
func KernelHeader(name string) (Header, error) {
	raw, err := files.ReadFile(name + ".wgsl")
	if err != nil {
		return Header{}, fmt.Errorf("there is no shader %q", name)
	}
	return parseHeader(name, string(raw))
}

// Mentions tells whether a line of a header has a variable as a word.
func Mentions(line, variable string) bool {
	return slices.Contains(strings.FieldsFunc(line, func(r rune) bool {
		return r != '_' && !('a' <= r && r <= 'z') && !('A' <= r && r <= 'Z') && !('0' <= r && r <= '9')
	}), variable)
}

func parseHeader(name, text string) (Header, error) {
	var h Header
	fields := []struct {
		key  string
		into *string
	}{
		{path.Base(name), &h.Formula}, {"Reads", &h.Reads}, {"Writes", &h.Writes},
		{"Invariant", &h.Invariant}, {"Source", &h.Source}, {"Oracle", &h.Oracle},
	}
	var last *string
	for _, line := range strings.Split(text, "\n") {
		comment, ok := strings.CutPrefix(line, "// ")
		if !ok {
			break
		}
		continued := true
		for _, f := range fields {
			if value, ok := strings.CutPrefix(comment, f.key+":"); ok && *f.into == "" {
				*f.into, last, continued = strings.TrimSpace(value), f.into, false
				break
			}
		}
		if continued && last != nil {
			*last += " " + strings.TrimSpace(comment)
		}
	}
	for _, f := range fields {
		if *f.into == "" {
			return h, fmt.Errorf("%s.wgsl: its opening comment has no line %q", name, "// "+f.key+": …")
		}
	}
	return h, nil
}
