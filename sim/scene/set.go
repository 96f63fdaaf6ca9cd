package scene

import (
	"fmt"
	"slices"
	"strings"
)

// Set is the scene with some values changed: "fluid.spacing=0.01",
// "obstacle.0.position=[1, 0, 0]", "colors.by=pressure". The result has passed
// the same checks as a file; s itself stays as it is.
func (s *Scene) Set(assignments ...string) (*Scene, error) {
	return s.set("--set ", assignments)
}

// WithSpacing is the scene with another particle spacing.
func (s *Scene) WithSpacing(d float64) (*Scene, error) {
	return s.set("", []string{"fluid.spacing=" + number(d)})
}

// set applies the assignments to the text of the scene as a tree and decodes it
// anew, so that no value can get past the checks. prefix goes before an
// assignment in errors.
func (s *Scene) set(prefix string, assignments []string) (*Scene, error) {
	tree, err := parse(string(s.TOML()))
	if err != nil {
		return nil, &Error{File: s.Name, Message: "the scene cannot be changed: " + err.Error()}
	}
	assigned := map[string]string{} // path: assignment
	for _, a := range assignments {
		path, problem := assign(tree, a)
		if problem != nil {
			problem.Assignment = prefix + short(a)
			return nil, problem
		}
		assigned[path] = a
	}
	r := &report{}
	changed := decode(tree, r)
	if r.failed() {
		return nil, r.inAssignments(prefix, assignments, assigned)
	}
	changed.Name = s.Name
	return changed, nil
}

// inAssignments is the error for all problems, each with the assignment that it
// is about; a problem elsewhere is the consequence of the last one.
func (r *report) inAssignments(prefix string, assignments []string, assigned map[string]string) error {
	var all []*Error
	for _, p := range r.problems {
		culprit := ""
		if len(assignments) > 0 {
			culprit = assignments[len(assignments)-1]
		}
		for path, a := range assigned {
			if p.path == path || strings.HasPrefix(p.path, path+".") {
				culprit = a
			}
		}
		all = append(all, &Error{Assignment: prefix + short(culprit), Message: p.message, Hint: p.hint})
	}
	all[0].More = all[1:]
	return all[0]
}

// assign puts one assignment into the tree and says which path it was.
func assign(tree map[string]any, assignment string) (path string, problem *Error) {
	path, text, ok := strings.Cut(assignment, "=")
	path, text = strings.TrimSpace(path), strings.TrimSpace(text)
	if !ok || path == "" {
		return "", &Error{Message: "an assignment is written key=value", Hint: "for example fluid.spacing=0.01"}
	}
	slot, problem := resolve(tree, path)
	if problem != nil {
		return "", problem
	}
	value, problem := parseValue(slot.key, text)
	if problem != nil {
		return "", problem
	}
	if n, ok := value.(int64); ok && slot.key.Path == "dimensions" && n != tree["dimensions"] {
		return "", &Error{Message: "the number of dimensions cannot be changed: it decides how every vector of the scene is written", Hint: "change the file"}
	}
	if slot.row != nil {
		adaptRow(slot.row, slot.table, slot.key.Name(), value)
	}
	slot.table[slot.key.Name()] = value
	return path, nil
}

// adaptRow makes room for a change that a body's other keys would contradict:
// a box is kept as position and size, and may be changed by its corners; another
// type drops the measures that it has not, of a probe likewise.
func adaptRow(g *group, table map[string]any, name string, value any) {
	if kind, ok := value.(string); ok && name == "type" && slices.Contains(g.key("type").Enum, kind) {
		for _, k := range g.keys {
			if !k.appliesTo(kind) {
				delete(table, k.Name())
			}
		}
	}
	if name != "min" && name != "max" {
		return
	}
	position, ok := vec(table["position"])
	size, sized := vec(table["size"])
	if !ok || !sized || len(position) != len(size) {
		return
	}
	low, high := make([]any, len(size)), make([]any, len(size))
	for i := range position {
		low[i], high[i] = tidy(position[i]-size[i]/2), tidy(position[i]+size[i]/2)
	}
	table["min"], table["max"] = low, high
	delete(table, "position")
	delete(table, "size")
}

func vec(v any) ([]float64, bool) {
	list, ok := items(v)
	out := make([]float64, len(list))
	for i, item := range list {
		switch n := item.(type) {
		case float64:
			out[i] = n
		case int64:
			out[i] = float64(n)
		default:
			return nil, false
		}
	}
	return out, ok
}

// parseValue reads the text after the equals sign. It is TOML, but on a command
// line quotes and brackets may be left out where nothing else can be meant.
func parseValue(k *Key, text string) (any, *Error) {
	if text == "" && k.Type != Text {
		return nil, &Error{Message: "there is no value after the equals sign", Hint: "for example fluid.spacing=0.01"}
	}
	if len(text) > 4096 || guard("", []byte(text)) != nil {
		return nil, &Error{Message: "the value is no text that a scene can have"}
	}
	if v, ok := parseOne(text); ok {
		if _, list := items(v); list || k.Type != Sides && k.Type != Axes {
			return v, nil
		}
	}
	switch k.Type {
	case Vector:
		if v, ok := parseOne("[" + text + "]"); ok {
			return v, nil
		}
	case Sides, Axes:
		var list []any
		for _, name := range strings.Split(text, ",") {
			list = append(list, strings.Trim(strings.TrimSpace(name), `"'`))
		}
		return list, nil
	}
	return text, nil
}

// parseOne reads exactly one TOML value.
func parseOne(text string) (any, bool) {
	if strings.ContainsAny(text, "\n\r") {
		return nil, false
	}
	tree, err := parse("v = " + text)
	if err != nil || len(tree) != 1 {
		return nil, false
	}
	v, ok := tree["v"]
	return v, ok
}

func (g *group) countText(n int) string {
	bare := strings.ReplaceAll(g.path, "[]", "")
	switch n {
	case 0:
		return fmt.Sprintf("the scene has no %s", bare)
	case 1:
		return fmt.Sprintf("the scene has one: %s.0", bare)
	}
	return fmt.Sprintf("the scene has %d: %s.0 to %s.%d", n, bare, bare, n-1)
}
