package scene

import (
	"fmt"
	"slices"
	"strings"
)

// decodeRow decodes one [[fluid.shape]], [[obstacle]], [[probe]] or
// [[camera.key]] and adds it to the scene. Which keys it must and may have depends
// on its type, if it has types.
func decodeRow(g *group, tree map[string]any, path string, s *Scene, r *report) {
	before := len(r.problems)
	to := newRow(g, s)
	decodeTable(g, tree, path, to, r)

	if g.key("type") == nil {
		checkKeys(g, "", tree, path, to, r)
		if len(r.problems) == before {
			to.add(g)
		}
		return
	}
	kind, ok := tree["type"].(string)
	if _, given := tree["type"]; !given && !r.meant[under(path, "type")] {
		r.fail(path, choices("", g.key("type").words(to)), "%s has no type", path)
	}
	if ok && slices.Contains(g.key("type").words(to), kind) {
		checkKeys(g, kind, tree, path, to, r)
		if to.body != nil {
			corners(g, to, tree, path, r)
		}
	}
	if len(r.problems) == before {
		to.add(g)
	}
}

// checkKeys reports keys that a body or probe of this type lacks, or cannot have.
func checkKeys(g *group, kind string, tree map[string]any, path string, to *target, r *report) {
	var wanted []string
	for _, k := range g.keys {
		if k.Required && k.appliesTo(kind) && k.Name() != "type" {
			wanted = append(wanted, k.Name())
		}
	}
	noun := kind
	if g.path == "probe[]" {
		noun += " probe"
	}
	_, byMin := tree["min"]
	_, byMax := tree["max"]
	for _, k := range g.keys {
		_, given := tree[k.Name()]
		switch {
		case given && !k.appliesTo(kind):
			r.failKey(under(path, k.Name()), fmt.Sprintf("a %s has %s", noun, strings.Join(wanted, ", ")), "a %s has no %s", noun, k.Name())
		case r.meant[under(path, k.Name())]:
		case !given && k.Required && k.appliesTo(kind) && k.Name() != "type" && !(kind == "box" && (byMin || byMax)):
			hint := k.example(to)
			if kind == "box" {
				hint = "a box has position and size, or min and max"
			}
			if kind == "" {
				r.fail(path, hint, "%s has no %s", path, k.Name())
				continue
			}
			r.fail(path, hint, "%s (%s) has no %s", path, kind, k.Name())
		}
	}
}

// corners turns a box given by min and max into position and size.
func corners(g *group, to *target, tree map[string]any, path string, r *report) {
	b := to.body
	_, byMin := tree["min"]
	_, byMax := tree["max"]
	if b.kind != "box" || !byMin && !byMax {
		return
	}
	for _, name := range []string{"position", "size"} {
		if _, given := tree[name]; given {
			r.failKey(under(path, name), "a box has position and size, or min and max", "a box with min or max has no %s", name)
			return
		}
	}
	if byMin != byMax {
		given, missing := "min", "max"
		if byMax {
			given, missing = missing, given
		}
		r.failKey(under(path, given), "a box has position and size, or min and max", "a box with %s needs %s as well", given, missing)
		return
	}
	for axis, name := range to.axes() {
		low, high := b.min[axis], b.max[axis]
		if low >= high {
			r.fail(under(path, "max"), "min is the lowest corner, max the highest", "the box is empty along %s: max %s is not above min %s", name, number(high), number(low))
			return
		}
		// Rounded to a nanometre, so that 0.1 to 0.4 is the size 0.3.
		b.position[axis] = tidy((low + high) / 2)
		b.size[axis] = tidy(high - low)
	}
	if wrong := g.key("size").wrong(slices.Min(b.size[:len(to.axes())])); wrong != "" {
		r.fail(under(path, "max"), "", "the size of the box %s", wrong)
	}
}
