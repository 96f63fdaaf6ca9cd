package solver_test

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// pond is still water with a ball above it.
const pond = `format = 1
[domain]
min = [0, 0, 0]
max = [0.6, 0.5, 0.4]
[fluid]
spacing = 0.04
[[fluid.shape]]
type = "box"
min = [0, 0, 0]
max = [0.6, 0.16, 0.4]
[[obstacle]]
type = "sphere"
position = [0.3, 0.35, 0.2]
radius = 0.07
`

// withHands is a run that hands may touch.
func withHands(t *testing.T, d *gpu.Device, sc *scene.Scene, room int) *solver.Solver {
	t.Helper()
	set, err := seed.Build(sc)
	if err != nil {
		t.Fatal(err)
	}
	s, err := solver.New(d, sc, set, solver.Options{Hands: true, Room: room})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Release)
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var gift = scene.FluidShape{Type: "sphere", Position: scene.Vec3{0.12, 0.33, 0.2}, Radius: 0.1, Velocity: scene.Vec3{0.5, 0, 0}}

// What is encoded ahead of the statistics, as a window does it, takes effect after steps that are told later; the same inputs
// after the same steps make the same bits, also in a run that waits for each.
func TestInputsRepeat(t *testing.T) {
	each(t, pond, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		live := withHands(t, d, sc, 500)
		must(t, live.SetGoal(1e9, 60))
		var inputs []solver.Input
		for frame := range 40 {
			switch {
			case frame == 3:
				must(t, live.MoveBody(solver.Move{Body: 0, Goal: [3]float64{0.35, 0.1, 0.2}, Speed: 2}))
			case frame == 5:
				if n, err := live.Give(gift); err != nil || n < 20 {
					t.Fatalf("%d particles: %v", n, err)
				}
			case frame >= 8 && frame < 14:
				must(t, live.Touch(solver.Hand{Centre: [3]float64{0.1 + 0.03*float64(frame), 0.1, 0.2}, Radius: 0.12, Velocity: [3]float64{1, 0.5, 0}, Drag: 40}))
			case frame == 14:
				must(t, live.Touch(solver.Hand{}))
			case frame == 16:
				must(t, live.Touch(solver.Hand{Centre: [3]float64{0.1, 0.1, 0.2}, Radius: 0.1, Drains: true}))
			}
			e, err := d.NewEncoder("frame")
			must(t, err)
			live.Encode(e, 1+frame%3)
			must(t, e.Submit())
			live.Poll()
			inputs = append(inputs, live.Inputs()...)
		}
		last, err := live.Settle()
		must(t, err)
		inputs = append(inputs, live.Inputs()...)
		if len(inputs) != 10 || last.Step != 60 || last.Lost == 0 {
			t.Fatalf("%d inputs after %d steps, %d particles gone", len(inputs), last.Step, last.Lost)
		}
		again := withHands(t, d, sc, 500)
		for _, in := range inputs {
			run(t, again, int(in.Step-again.Poll().Step))
			switch {
			case in.Hand != nil:
				must(t, again.Touch(*in.Hand))
			case in.Gift != nil:
				_, err := again.Give(*in.Gift)
				must(t, err)
			case in.Move != nil:
				must(t, again.MoveBody(*in.Move))
			}
			must(t, again.Flush())
		}
		run(t, again, 60-int(again.Poll().Step))
		if a, b := hash(t, live), hash(t, again); a != b {
			t.Errorf("live %s, again %s", a, b)
		}
		late := withHands(t, d, sc, 500)
		run(t, late, int(inputs[0].Step)+1)
		for _, in := range inputs[:1] {
			must(t, late.MoveBody(*in.Move))
		}
		run(t, late, 59-int(inputs[0].Step))
		if hash(t, late) == hash(t, again) {
			t.Error("without most inputs it is the same")
		}
	})
}

// Hands that do nothing, and obstacles that could move, change nothing.
func TestIdleHandsChangeNothing(t *testing.T) {
	each(t, pond, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		plain, idle := build(t, d, sc), withHands(t, d, sc, 300)
		run(t, plain, 12)
		run(t, idle, 12)
		if a, b := hash(t, plain), hash(t, idle); a != b {
			t.Errorf("without hands %s, with %s", a, b)
		}
	})
}

// Fluid is added where there is room, gets new numbers, and no more than the buffers hold; draining takes what is in the ball.
func TestFluidComesAndGoes(t *testing.T) {
	each(t, pond, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		s := withHands(t, d, sc, 60)
		before := run(t, s, 3)
		n, err := s.Give(gift)
		must(t, err)
		must(t, s.Flush())
		after, err := s.Settle()
		must(t, err)
		if after.Step != before.Step || after.Particles != before.Particles+n || after.Lost != 0 {
			t.Fatalf("%d particles and %d more make %d (%d gone) after %d steps, it were %d", before.Particles, n, after.Particles, after.Lost, after.Step, before.Step)
		}
		// In the same place there is no room now, though nothing has been sorted since.
		_, err = s.Give(gift)
		must(t, err)
		must(t, s.Flush())
		again, err := s.Settle()
		must(t, err)
		if again.Particles != after.Particles {
			t.Errorf("%d more in the same place", again.Particles-after.Particles)
		}
		elsewhere := gift
		elsewhere.Position[0] = 0.48
		_, err = s.Give(elsewhere)
		must(t, err)
		must(t, s.Flush())
		full, err := s.Settle()
		must(t, err)
		if full.Particles != before.Particles+60 {
			t.Errorf("%d particles in buffers for %d", full.Particles, before.Particles+60)
		}
		run(t, s, 5)
		must(t, s.Touch(solver.Hand{Centre: [3]float64{0.3, 0.1, 0.2}, Radius: 5, Drains: true}))
		if dry := run(t, s, 2); dry.Particles != 0 || dry.Lost != before.Particles+60 {
			t.Errorf("%d particles left, %d gone", dry.Particles, dry.Lost)
		}
		must(t, s.Touch(solver.Hand{}))
		_, err = s.Give(gift)
		must(t, err)
		refilled := run(t, s, 3)
		if refilled.Particles != n {
			t.Errorf("%d particles of %d after draining all", refilled.Particles, n)
		}
		must(t, s.Reset())
		if start := s.Poll(); start.Particles != before.Particles || start.Lost != 0 {
			t.Errorf("%d particles after a reset, %d gone", start.Particles, start.Lost)
		}
	})
}

// centre is where the middle of an obstacle is.
func centre(s *solver.Solver, body int) [3]float64 { return s.Obstacles(0)[body].Position }

// A body on its way through the water keeps it out, takes it along, and arrives; after a reset it is back.
func TestBodiesMove(t *testing.T) {
	each(t, pond, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		s := withHands(t, d, sc, 0)
		if !s.Moves() {
			t.Fatal("obstacles do not move here")
		}
		s.SetGoal(0.3, 1e6)
		must(t, s.MoveBody(solver.Move{Body: 0, Goal: [3]float64{0.3, 0.09, 0.2}, Speed: 1.5}))
		_, err := s.AdvanceTo(0.35)
		must(t, err)
		must(t, s.MoveBody(solver.Move{Body: 0, Goal: [3]float64{0.5, 0.09, 0.2}, Speed: 1}))
		_, err = s.AdvanceTo(0.45)
		must(t, err)
		st, err := s.State()
		must(t, err)
		at, inside, pushed, wanted := centre(s, 0), 0, 0.0, 0.0
		for i, x := range st.Position {
			r := math.Hypot(math.Hypot(x[0]-at[0], x[1]-at[1]), x[2]-at[2])
			if r < 0.07 {
				inside++
			}
			if along := (x[0] - at[0]) / r; r < 0.15 && along > 0.5 {
				for k := range 3 {
					pushed += st.Velocity[i][k] * (x[k] - at[k]) / r
				}
				wanted += along * math.Pow(0.07/r, 3)
			}
		}
		// In endless water a ball at 1 m/s pushes what is before it away with its speed times cos(theta) (a/r)^3; floor,
		// walls and surface are near here, so half and twice of it will do.
		if inside > 0 || pushed < 0.5*wanted || pushed > 2*wanted {
			t.Errorf("%d particles in the body; it pushes with %.2f m/s, %.2f in endless water", inside, pushed, wanted)
		} else {
			t.Logf("it pushes with %.2f m/s, %.2f in endless water", pushed, wanted)
		}
		last, err := s.AdvanceTo(1)
		must(t, err)
		if got := centre(s, 0); math.Abs(got[0]-0.5) > 1e-4 || math.Abs(got[1]-0.09) > 1e-4 {
			t.Errorf("the body came to %v", got)
		}
		if last.Particles != s.View().Count || last.DensityErrorMean > 0.03 {
			t.Errorf("%d of %d particles, mean density error %.4f", last.Particles, s.View().Count, last.DensityErrorMean)
		}
		must(t, s.Reset())
		if got := centre(s, 0); math.Abs(got[1]-0.35) > 1e-6 {
			t.Errorf("after a reset the body is at %v", got)
		}
	})
}

// A line of sight meets the nearest particle on it.
func TestLineOfSight(t *testing.T) {
	each(t, pond, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		s := withHands(t, d, sc, 0)
		for _, c := range []struct {
			from, way [3]float64
			depth     float64 // NaN: nothing there
		}{
			{[3]float64{0.3, 1, 0.2}, [3]float64{0, -2, 0}, 1 - 0.14},
			{[3]float64{-1, 0.1, 0.2}, [3]float64{1, 0, 0}, 1.02},
			{[3]float64{0.3, 1, 0.2}, [3]float64{0, 1, 0}, math.NaN()},
		} {
			s.Look(solver.Sight{From: c.from, Way: c.way, Radius: 0.04})
			must(t, s.Flush())
			run(t, s, 0)
			if s.Waiting() {
				_, err := s.Run(1)
				must(t, err)
			}
			depth, ok := s.Seen()
			if ok == math.IsNaN(c.depth) || ok && math.Abs(depth-c.depth) > 0.02 {
				t.Errorf("from %v along %v: %v %v, want %v", c.from, c.way, depth, ok, c.depth)
			}
		}
	})
}

// What cannot be meant is refused at once.
func TestHandsRefuse(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		sc := parse(t, pond)
		s := withHands(t, d, sc, 10)
		for what, err := range map[string]error{
			"a hand nowhere":      s.Touch(solver.Hand{Centre: [3]float64{math.NaN(), 0, 0}, Radius: 1}),
			"an endless push":     s.Touch(solver.Hand{Push: math.Inf(1)}),
			"a negative radius":   s.Touch(solver.Hand{Radius: -1}),
			"another obstacle":    s.MoveBody(solver.Move{Body: 1}),
			"an obstacle nowhere": s.MoveBody(solver.Move{Goal: [3]float64{0, math.Inf(-1), 0}}),
			"no hands":            build(t, d, sc).Touch(solver.Hand{}),
		} {
			if err == nil {
				t.Errorf("%s is accepted", what)
			}
		}
		if s.Waiting() {
			t.Error("something refused is to be sent")
		}
	})
}
