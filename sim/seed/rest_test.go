package seed

import (
	"fmt"
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// Fluid on a ledge starts half a spacing above it at every spacing, not only where the heights are whole multiples.
func TestFluidRestsOnObstacles(t *testing.T) {
	const text = `
format = 1
[domain]
min = [0, 0, 0]
max = [1.7, 1.1, 0.6]
[fluid]
spacing = %g
jitter = 0
[[fluid.shape]]
type = "box"
min = [0, 0.5, 0]
max = [0.6, 0.9, 0.6]
[[obstacle]]
type = "box"
min = [-0.1, -0.1, -0.1]
max = [0.75, 0.5, 0.7]
[[fluid.shape]]
type = "box"
position = [1.2, 0.5, 0.3]
size = [0.3, 0.2, 0.3]
rotation = [0, 0, 30]
[[obstacle]]
type = "box"
position = [1.3, 0.32679492, 0.3]
size = [0.6, 0.2, 0.6]
rotation = [0, 0, 30]
`
	for _, d := range []float64{0.02, 0.0213, 0.0237, 0.02663, 0.0278, 0.031} {
		s, err := scene.Parse("rest.toml", fmt.Appendf(nil, text, d))
		if err != nil {
			t.Fatal(err)
		}
		set, err := Build(s)
		if err != nil {
			t.Fatal(err)
		}
		if set.Report.RemovedInObstacles > 0 {
			t.Errorf("spacing %g: %d particles removed next to the obstacles", d, set.Report.RemovedInObstacles)
		}
		for k, o := range s.Obstacles {
			least := math.Inf(1)
			for _, x := range set.Position {
				p := o.Position
				for a := range p {
					p[a] = float64(x[a]) + set.Origin[a]
				}
				least = math.Min(least, o.SDF(p))
			}
			// The pitch, and with it the half at the bottom, gives way by up to 5 % of a spacing, see fitAxes.
			if math.Abs(least-d/2) > 0.03*d {
				t.Errorf("spacing %g: the fluid starts %.4f d above obstacle %d, not 0.5 d", d, least/d, k)
			}
		}
	}
}
