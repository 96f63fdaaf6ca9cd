package validation

import (
	"bytes"
	"testing"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
)

// Every case has a scene that can be read and filled at every resolution, with all of its particles.
func TestScenes(t *testing.T) {
	names := map[string]bool{}
	plain, err := scene.Parse("plain", []byte("format = 1\n[domain]\nmin = [0, 0, 0]\nmax = [1, 1, 1]\n[fluid]\nspacing = 0.1\n[[fluid.shape]]\ntype = \"box\"\nmin = [0, 0, 0]\nmax = [1, 1, 1]\n"))
	if err != nil {
		t.Fatal(err)
	}
	// What exact viscous flows may have of their own; anything else would be tuning.
	viscous := map[string]string{"poiseuille": "explicit", "poiseuille-implicit": "implicit", "couette": "implicit", "cavity-100": "implicit", "taylor-green": "explicit"}
	for _, c := range Cases() {
		if names[c.Name] {
			t.Errorf("two cases are called %s", c.Name)
		}
		names[c.Name] = true
		if len(c.Variants) < 2 || c.Variants[0].Solver != "dfsph" || c.Title == "" || c.About == "" {
			t.Errorf("%s lacks a second resolution, a text or the default solver", c.Name)
		}
		text, err := scenes.Text("validation/" + c.Name)
		if err != nil {
			t.Error(err)
			continue
		}
		if !bytes.HasPrefix(text, []byte("#:schema ../scene.schema.json\n#\n# ")) {
			t.Errorf("%s must begin with the line for editors and a comment about what there is to see", c.Name)
		}
		for _, v := range c.Variants {
			sc, err := c.Scene(v)
			if err != nil {
				t.Errorf("%s: %v", c.Name, err)
				continue
			}
			set, err := seed.Build(sc)
			if err != nil {
				t.Errorf("%s: %v", c.Name, err)
				continue
			}
			if sc.Time != plain.Time {
				t.Errorf("%s has time constants of its own", c.Name)
			}
			want := plain.Solver
			want.Type = v.Solver
			if how, ok := viscous[c.Name]; ok {
				want.ArtificialViscosity, want.Viscosity = 0, how
			}
			if sc.Solver != want {
				t.Errorf("%s has solver constants of its own: %+v, want %+v", c.Name, sc.Solver, want)
			}
			if r := set.Report; r.RemovedOutside+r.RemovedInObstacles+r.RemovedOverlapping > 0 || r.Fluid < 100 || r.Fluid > 20_000 {
				t.Errorf("%s, %d across: %+v", c.Name, v.Across, r)
			}
			t.Logf("%s, %d across: %d particles", c.Name, v.Across, set.Report.Fluid)
		}
	}
}
