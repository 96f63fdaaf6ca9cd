package scene

import (
	"fmt"
	"strings"
)

// words are the words that the key takes in the scene.
func (k *Key) words(to *target) []string {
	if to.Plane() && len(k.Plane) > 0 {
		return k.Plane
	}
	return k.Enum
}

// storeVector reads three numbers, or in two dimensions two, and one angle for a
// rotation.
func (k *Key) storeVector(r *report, path string, v any, to *target, field *Vec3) {
	const (
		inSpace = "a vector is written [x, y, z], for example [0, 0.5, 0]"
		inPlane = "with dimensions = 2 a vector is written [x, y], for example [0, 0.5]"
	)
	count, word, hint := 3, "three", inSpace
	if to.Plane() && !k.Space {
		count, word, hint = 2, "two", inPlane
	}
	if count == 2 && k.Turn {
		if _, list := items(v); list {
			r.fail(path, "with dimensions = 2 a rotation is one angle in degrees, counterclockwise", "%s must be a number (got %s)", k.label(), describe(v))
		} else if f, ok := k.number(r, path, k.label(), v); ok {
			*field = Vec3{0, 0, f}
		}
		return
	}
	list, ok := items(v)
	if !ok {
		r.fail(path, hint, "%s must be %s numbers (got %s)", k.label(), word, describe(v))
		return
	}
	if to.Dimensions == 0 && len(list) == 2 {
		count = 2 // dimensions is wrong, which is told: any length may be right
	}
	if len(list) != count {
		if len(list) == 2 && !k.Space {
			hint += "; a scene of two dimensions says dimensions = 2 at its top"
		}
		r.fail(path, hint, "%s must be %s numbers (got %d)", k.label(), word, len(list))
		return
	}
	for i, item := range list {
		if f, ok := k.number(r, fmt.Sprintf("%s.%d", path, i), k.label()+"."+axisNames[i], item); ok {
			field[i] = f
		}
	}
}

// plain is the key's default as the parser would have given it.
func (k *Key) plain(to *target) any {
	switch v := k.Default.(type) {
	case int:
		return int64(v)
	case Vec3:
		switch {
		case !to.Plane() || k.Space:
			return []any{v[0], v[1], v[2]}
		case k.Turn:
			return v[2]
		}
		return []any{v[0], v[1]}
	}
	return k.Default
}

// example is a hint how to write a missing key.
func (k *Key) example(to *target) string {
	return fmt.Sprintf("for example: %s = %s", k.Name(), k.exampleValue(to))
}

func (k *Key) exampleValue(to *target) string {
	if to.Plane() && k.Type == Vector && !k.Space {
		return k.Example[:strings.LastIndexByte(k.Example, ',')] + "]"
	}
	return k.Example
}

// formatVector is the vector as TOML.
func (k *Key) formatVector(v Vec3, from *target) string {
	switch {
	case !from.Plane() || k.Space:
		return fmt.Sprintf("[%s, %s, %s]", number(v[0]), number(v[1]), number(v[2]))
	case k.Turn:
		return number(v[2])
	}
	return fmt.Sprintf("[%s, %s]", number(v[0]), number(v[1]))
}

// vector is a vector for reading.
func (s *Scene) vector(v Vec3) string {
	if s.Plane() {
		return fmt.Sprintf("[%s, %s]", number(tidy(v[0])), number(tidy(v[1])))
	}
	return vector(v)
}

// flatten gives everything in a scene of two dimensions the depth of the domain,
// which is one spacing about z = 0.
func (s *Scene) flatten() {
	if !s.Plane() {
		return
	}
	d := s.Fluid.Spacing
	s.Domain.Min[2], s.Domain.Max[2] = -d/2, d/2
	for i := range s.Fluid.Shapes {
		s.Fluid.Shapes[i].Flat, s.Fluid.Shapes[i].Size[2] = true, d
	}
	for i := range s.Obstacles {
		s.Obstacles[i].Flat, s.Obstacles[i].Size[2] = true, d
	}
}
