package scene

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Value is what stands at a path as Set takes it, "fluid.viscosity" or
// "obstacle.0.position", and the key that describes it. It is a float64, string,
// bool, []float64 or []string; numbers and vectors are written as Format writes
// them. It is not there for a path that the scene has not, or where the key has no
// value.
func (s *Scene) Value(path string) (v any, k *Key, ok bool) {
	g, row := root, &target{Scene: s}
	parts := strings.Split(path, ".")
	for i := 0; i < len(parts)-1; i++ {
		if g = g.group(parts[i]); g == nil {
			return nil, nil, false
		}
		if !g.repeated {
			continue
		}
		i++
		n, err := strconv.Atoi(parts[min(i, len(parts)-1)])
		rows := s.rows(g)
		if err != nil || n < 0 || n >= len(rows) || i >= len(parts)-1 {
			return nil, nil, false
		}
		row = rows[n]
	}
	k = g.key(parts[len(parts)-1])
	if k == nil {
		return nil, nil, false
	}
	parsed, ok := parseOne(k.text(g, row))
	if !ok {
		return nil, k, false
	}
	return plainValue(parsed, k), k, true
}

// plainValue gives a value of the parser one of a few types.
func plainValue(v any, k *Key) any {
	switch v := v.(type) {
	case int64:
		return float64(v)
	case []any:
		if k.Type == Sides || k.Type == Axes {
			names := make([]string, 0, len(v))
			for _, item := range v {
				names = append(names, fmt.Sprint(item))
			}
			return names
		}
		numbers, _ := vec(v)
		return numbers
	}
	return v
}

// Format writes a value of the types that Value has as Set reads it after the
// equals sign.
func Format(v any) string {
	switch v := v.(type) {
	case float64:
		return number(v)
	case string:
		return quoteTOML(v)
	case bool:
		return strconv.FormatBool(v)
	case []float64:
		parts := make([]string, len(v))
		for i, f := range v {
			parts[i] = number(f)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case []string:
		parts := make([]string, len(v))
		for i, name := range v {
			parts[i] = quoteTOML(name)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return ""
}

// Words are the words that a key takes in this scene: fewer in two dimensions.
func (s *Scene) Words(k *Key) []string {
	return append([]string(nil), k.words(&target{Scene: s})...)
}

// Rows is how many of a repeated table ("fluid.shape[]") the scene has.
func (s *Scene) Rows(table string) int {
	n := 0
	root.walk(func(g *group) {
		if g.repeated && g.path == table {
			n = len(s.rows(g))
		}
	})
	return n
}

// usual are the ranges in which people look for a value, of keys whose whole range
// is much larger than that.
var usual = map[string][2]float64{
	"gravity":                     {-20, 20},
	"fluid.rest_density":          {500, 2000},
	"fluid.sound_speed":           {0, 200},
	"time.max_step":               {1e-4, 0.02},
	"time.max_steps":              {1, 400},
	"time.speed":                  {0.02, 10},
	"solver.density_tolerance":    {1e-5, 0.01},
	"solver.artificial_viscosity": {0, 0.5},
	"record.fps":                  {10, 240},
	"record.seconds":              {0.1, 30},
	"record.width":                {320, 3840},
	"record.height":               {240, 2160},
	"probe_rate":                  {1, 1000},
	"camera.fov":                  {10, 100},
}

// Usual is the range that a slider for the key should have about a value, and
// whether it should rise by factors rather than by sums. Values outside may be
// right, too: Min and Max say.
func (k *Key) Usual(value float64) (low, high float64, factors bool) {
	low, high = -10, 10
	if k.Min.Set {
		low = k.Min.Value
	}
	if k.Max.Set {
		high = k.Max.Value
	}
	if k.Min.Open && k.Min.Set && low == 0 {
		low = math.Min(high, 1) / 1000
	}
	if given, ok := usual[k.Path]; ok {
		low, high = given[0], given[1]
	} else if k.Unit == "m" {
		// Lengths are of the scene's size: some of the value about it.
		size := math.Max(math.Abs(value), 0.1)
		low, high = math.Max(low, value-2*size), math.Min(high, value+2*size)
	}
	low, high = math.Min(low, value), math.Max(high, value)
	// Where the range is many times the usual value, sums would be all or nothing.
	reference, _ := k.Default.(float64)
	reference = math.Max(math.Abs(reference), math.Abs(value))
	factors = low >= 0 && reference > 0 && high > 100*reference || low > 0 && high > 100*low
	if k.Unit == "m" || k.Type == Integer && high < 1000 {
		factors = false
	}
	return low, high, factors
}
