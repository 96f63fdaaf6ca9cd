package scene

import (
	"fmt"
	"strings"
)

// Probe is a gauge.
type Probe struct {
	Name          string  // of its column, unique
	Type          string  // see the key probe.type
	Position, End Vec3    // m
	Radius        float64 // m; 0: the support radius of the kernel
	Thickness     float64 // m; 0: one spacing
	Samples       int
	Axis          string // -x, +x, -y, +y, -z, +z
	Obstacle      int    // counted from 1
	Reference     string // path of a CSV file, from the folder of the scene; "": none
}

// checkProbes looks at names, places and the obstacles that are meant.
func checkProbes(s *Scene, r *report) {
	first := map[string]int{}
	for i, p := range s.Probes {
		at := fmt.Sprintf("probe.%d", i)
		switch other, taken := first[p.Name]; {
		case strings.TrimSpace(p.Name) == "":
			r.fail(at+".name", "it becomes the name of a column", "the name of a probe cannot be empty")
		case strings.ContainsAny(p.Name, ",;\"'"):
			r.fail(at+".name", "it becomes the name of a column of a CSV file", "the name of a probe cannot have commas, semicolons or quotes in it (got %s)", quote(p.Name))
		case p.Name == "time":
			r.fail(at+".name", "choose another name", "the first column of the results is called time already")
		case taken:
			r.fail(at+".name", "give each probe a name of its own", "probe.%d is called %s already", other, quote(p.Name))
		default:
			first[p.Name] = i
		}
		checkProbePlace(s, r, at, &p)
		if p.Type == "force" && p.Obstacle > len(s.Obstacles) {
			hint := "the scene has no obstacle"
			if n := len(s.Obstacles); n > 0 {
				hint = fmt.Sprintf("the scene has %d; 1 is the first", n)
			}
			r.fail(at+".obstacle", hint, "there is no obstacle number %d", p.Obstacle)
		}
	}
}

func checkProbePlace(s *Scene, r *report, at string, p *Probe) {
	onLine := p.Type == "height" || p.Type == "profile"
	inside := func(key string, v Vec3) bool {
		for axis, name := range s.axes() {
			if axis == 1 && onLine {
				continue // any height: the line is a vertical one
			}
			if low, high := s.Domain.Min[axis], s.Domain.Max[axis]; v[axis] < low || v[axis] > high {
				r.fail(at+"."+key, fmt.Sprintf("the domain reaches from %s to %s along %s", number(low), number(high), name),
					"the %s of %s (%s) lies outside the domain", key, at, p.Type)
				return false
			}
		}
		return true
	}
	if onLine || p.Type == "pressure" || p.Type == "velocity" {
		if !inside("position", p.Position) {
			return
		}
	}
	if p.Type == "profile" && inside("end", p.End) && p.Position[0] == p.End[0] && p.Position[2] == p.End[2] {
		r.fail(at+".end", "the line is horizontal: y does not count", "the position and the end of %s (%s) are above each other", at, p.Type)
	}
}
