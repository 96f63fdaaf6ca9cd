package solver_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
	"github.com/fluidsim/fluidsim/sim/solver"
)

var update = flag.Bool("update", false, "rewrite the golden plans")

// Every shipped scene's passes are kept as text, so that a change to the pipeline is seen in review.
func TestPlanOfShippedScenes(t *testing.T) {
	for _, name := range append(scenes.Names(), "dam-break, pbf") {
		name, method, _ := strings.Cut(name, ", ")
		text, err := scenes.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		sc, err := scene.Parse(name+".toml", text)
		if err != nil {
			t.Fatal(err)
		}
		if method != "" {
			if sc, err = sc.Set("solver.type=" + method); err != nil {
				t.Fatal(err)
			}
			name += "-" + method
		}
		set, err := seed.Build(sc)
		if err != nil {
			t.Fatal(err)
		}
		got := solver.PlanFor(sc, set, solver.DefaultLimits()).String()
		golden := filepath.Join("testdata", "plan", name+".txt")
		if *update {
			if err := os.MkdirAll(filepath.Dir(golden), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatalf("%v (go test ./sim/solver -run Plan -update writes it)", err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("plan of %s (-golden +now):\n%s", name, diff)
		}
	}
}
