package scene

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// FuzzSet: no assignment makes Set panic or change the scene; what is accepted
// is a scene like any other.
func FuzzSet(f *testing.F) {
	faults, err := os.ReadFile("testdata/sets.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(faults)) {
		f.Add(strings.TrimSpace(line))
	}
	f.Add("domain.open=+x,-y")
	f.Add("fluid.shape.0.max=[0.7, 0.5, 0.5]")
	f.Add("obstacle.1.color=#00ff00")
	s := parse1(f, changeable)
	before := s.Hash()
	f.Fuzz(func(t *testing.T, assignment string) {
		changed, err := s.Set(assignment)
		if s.Hash() != before {
			t.Fatal("the scene was changed")
		}
		if err != nil {
			checkPlace(t, err.(*Error), nil)
			return
		}
		checkRoundTrip(t, changed)
	})
}

// TestRandomScenes: values of all sizes survive being written and read.
func TestRandomScenes(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	accepted := 0
	for range 2000 {
		num := func(scale float64) string { return number((2*r.Float64() - 1) * scale) }
		vec := func(scale float64) string {
			return fmt.Sprintf("[%s, %s, %s]", num(scale), num(scale), num(scale))
		}
		text := fmt.Sprintf(`format = 1
gravity = %s
domain = { min = [-2, -2, -2], max = [2, 2, 2] }
fluid = { spacing = %s, viscosity = %s }
[[fluid.shape]]
type = "box"
min = %s
max = %s
rotation = %s
velocity = %s
[[obstacle]]
type = "capsule"
position = %s
radius = %s
height = %s
rotation = %s
`, vec(20), number(0.05+r.Float64()*0.2), number(r.Float64()*1e-6), vec(1), vec(3), vec(360), vec(9), vec(2), num(1), num(1e-6), vec(360))
		s, err := Parse("test.toml", []byte(text))
		if err != nil {
			checkPlace(t, err.(*Error), []byte(text))
			continue
		}
		accepted++
		checkRoundTrip(t, s)
		c, err := s.WithSpacing(s.Fluid.Spacing * 0.99)
		if err != nil {
			t.Fatal(err)
		}
		checkRoundTrip(t, c)
	}
	if accepted < 50 {
		t.Errorf("only %d scenes were accepted", accepted)
	}
}
