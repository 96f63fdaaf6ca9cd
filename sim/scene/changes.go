package scene

import (
	"fmt"
	"strings"
)

// Change is a value in which two scenes differ.
type Change struct {
	// Path is where, as Set takes it: "fluid.viscosity", "obstacle.0.position". Tables
	// that one scene has more of than the other are told by their list: "obstacle".
	Path string
	// Key is the Path of its Key: "obstacle[].position"; of a list, "obstacle[]".
	Key string
	// Text is the new value as TOML writes it; empty for a list.
	Text string
}

// Changes lists the values that are others in the scene to, in the order of the
// documentation. The name of a scene is no value of it.
func (s *Scene) Changes(to *Scene) []Change {
	var all []Change
	compare := func(g *group, path string, a, b *target) {
		for _, k := range g.keys {
			if k.text(g, a) != k.text(g, b) {
				all = append(all, Change{Path: under(path, k.Name()), Key: k.Path, Text: k.text(g, b)})
			}
		}
	}
	root.walk(func(g *group) {
		path := strings.ReplaceAll(g.path, "[]", "")
		if !g.repeated {
			compare(g, path, &target{Scene: s}, &target{Scene: to})
			return
		}
		a, b := s.rows(g), to.rows(g)
		if len(a) != len(b) {
			all = append(all, Change{Path: path, Key: g.path})
			return
		}
		for i := range a {
			compare(g, fmt.Sprintf("%s.%d", path, i), a[i], b[i])
		}
	})
	return all
}
