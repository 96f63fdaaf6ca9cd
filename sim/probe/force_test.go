package probe

import (
	"fmt"
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// boxRun is a run in a tank with boxes, as a solver would describe it, with water
// at rest as frame: rho g (H - y) of pressure, and friction for viscous walls.
func boxRun(sc *scene.Scene, depth, friction float64) (Run, *Frame) {
	run := runOf(sc)
	lattice3 := ref.Calibrate(sc.Dimensions, 2)
	p := &run.Params
	p.WallLog, p.WallReach = float32(lattice3.WallLog), float32(lattice3.WallReach*spacing)
	p.WallNear = float32(lattice3.WallNear * spacing)
	p.InvWallSpan, p.InvWallSlope = float32(1/((lattice3.WallNear-0.5)*spacing)), float32(spacing/lattice3.WallSlope)
	p.WallFriction = float32(friction)
	p.ObstacleCount = uint32(len(sc.Obstacles))
	for k := range 3 {
		run.Origin[k] = 0.1 * float64(k)
		p.Gravity[k] = float32(sc.Gravity[k])
		p.DomainMin[k], p.DomainMax[k] = float32(sc.Domain.Min[k]-run.Origin[k]), float32(sc.Domain.Max[k]-run.Origin[k])
	}
	for _, o := range sc.Obstacles {
		body := layout.Obstacle{Kind: layout.SolidBox, AxisX: [4]float32{1}, AxisY: [4]float32{0, 1}, AxisZ: [4]float32{0, 0, 1}}
		for k := range 3 {
			body.Position[k], body.HalfSize[k] = float32(o.Position[k]-run.Origin[k]), float32(o.Size[k]/2)
		}
		if sc.Dimensions == 2 {
			body.Position[2], body.HalfSize[2] = 0, 1e6
		}
		run.Bodies = append(run.Bodies, body)
	}
	f := lattice(sc, func(x [3]float64) bool {
		for _, o := range sc.Obstacles {
			if o.SDF(x) < 0 {
				return false
			}
		}
		return x[1] < depth
	})
	for i, x := range f.Position {
		// On the lattice that it was laid out in, water passes on a little more than when it has settled.
		f.Pressure[i] = density * gravity * (depth - x[1]) * lattice3.Stress * lattice3.Viscosity
	}
	return run, f
}

// values are the readings of a run by heading.
func values(t *testing.T, sc *scene.Scene, run Run, f *Frame) map[string]float64 {
	t.Helper()
	set, err := New(sc, run)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for i, v := range set.Sample(f) {
		out[set.Columns()[i].Heading()] = v
	}
	return out
}

func units(dimensions int) (force, torque string) {
	if dimensions == 2 {
		return " [N/m]", " [N m/m]"
	}
	return " [N]", " [N m]"
}

// A box that is the whole floor carries the weight of the water above it, and
// what flows over it drags it along.
func TestFloorCarriesTheWater(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		t.Run(fmt.Sprint(dimensions, "D"), func(t *testing.T) {
			const top, depth, friction = 0.1, 0.3, 3.0
			sc := tank(dimensions, [3]float64{0.4, 0.4, 0.4}, scene.Probe{Name: "floor", Type: "force", Obstacle: 1})
			sc.Domain.Periodic = []string{"x", "z"}[:dimensions-1]
			sc.Obstacles = []scene.Obstacle{{Type: "box", Position: scene.Vec3{0.2, top / 2, 0.2}, Size: scene.Vec3{0.4, top, 0.4}}}
			if dimensions == 2 {
				sc.Obstacles[0].Position[2] = 0
			}
			area := math.Pow(0.4, float64(dimensions-1))
			run, f := boxRun(sc, depth, friction)
			run.Params.Period[0], run.Params.InvPeriod[0] = 0.4, 1/0.4
			if dimensions == 3 {
				run.Params.Period[2], run.Params.InvPeriod[2] = 0.4, 1/0.4
			}
			layer := 0.0
			for i, x := range f.Position {
				f.Velocity[i] = [3]float64{2, 0, 0}
				if x[1] < top+spacing {
					layer++
				}
			}
			got := values(t, sc, run, f)
			force, torque := units(dimensions)
			weight := density * gravity * (depth - top) * area
			// Parameters in single precision, in the eighth power of a difference.
			expect(t, got, "floor.y"+force, -weight, 1e-4*weight)
			dragged := massOf(dimensions) * layer * friction * 2
			expect(t, got, "floor.x"+force, dragged, 1e-4*dragged)
			// Drag acts on the top, half the height above the centre.
			turn := map[int]string{2: "floor.torque", 3: "floor.torque.z"}[dimensions] + torque
			expect(t, got, turn, -dragged*top/2, 1e-4*dragged)
		})
	}
}

// Still water lifts a box by the weight of the water it displaces (Archimedes),
// turns it about its centre by nothing, and leaves a dry one alone. The layer
// around the box is half a spacing off and larger by that, so the lift is too: by
// half as much when the spacing is half of the size it was.
func TestBuoyancy(t *testing.T) {
	off := map[string]float64{}
	for _, c := range []struct {
		dimensions int
		scale      float64
	}{{2, 1}, {2, 2}, {2, 4}, {3, 1}} {
		k := c.scale
		sc := tank(c.dimensions, [3]float64{0.4 * k, 0.4 * k, 0.4 * k},
			scene.Probe{Name: "lift", Type: "force", Obstacle: 1}, scene.Probe{Name: "dry", Type: "force", Obstacle: 2})
		size := scene.Vec3{0.16 * k, 0.12 * k, 0.12 * k}
		sc.Obstacles = []scene.Obstacle{
			{Type: "box", Position: scene.Vec3{0.2 * k, 0.16 * k, 0.2 * k}, Size: size},
			{Type: "box", Position: scene.Vec3{0.2 * k, 0.36 * k, 0.2 * k}, Size: scene.Vec3{0.04, 0.04, 0.04}},
		}
		volume := size[0] * size[1] * size[2]
		if c.dimensions == 2 {
			for i := range sc.Obstacles {
				sc.Obstacles[i].Position[2], sc.Obstacles[i].Size[2] = 0, 10
			}
			volume = size[0] * size[1]
		}
		run, f := boxRun(sc, 0.3*k, 0)
		weight := density * gravity * volume
		force, _ := units(c.dimensions)
		for heading, v := range values(t, sc, run, f) {
			switch {
			case heading == "lift.y"+force:
				off[fmt.Sprint(c.dimensions, "D ", k)] = v/weight - 1
			case !(math.Abs(v) <= 1e-5*weight):
				t.Errorf("%d-D: %s is %g where the water displaced weighs %g", c.dimensions, heading, v, weight)
			}
		}
	}
	d1, d2, d4 := off["2D 1"], off["2D 2"], off["2D 4"]
	if !(d1 > 0 && d1 < 0.15) || !(d2 < 0.6*d1) || !(d4 < 0.6*d2) || !(math.Abs(off["3D 1"]) < 0.2) {
		t.Errorf("the lift is off by %v", off)
	}
}

// One particle under the end of a box pushes it up there.
func TestTorque(t *testing.T) {
	sc := tank(3, [3]float64{0.4, 0.4, 0.4}, scene.Probe{Name: "f", Type: "force", Obstacle: 1})
	sc.Obstacles = []scene.Obstacle{{Type: "box", Position: scene.Vec3{0.2, 0.2, 0.2}, Size: scene.Vec3{0.2, 0.1, 0.1}}}
	run, _ := boxRun(sc, 0, 0)
	f := &Frame{
		Position: [][3]float64{{0.28, 0.15 - spacing/2, 0.22}}, Velocity: make([][3]float64, 1),
		Density: []float64{density}, Pressure: []float64{5000}, Neighbours: []int{30},
	}
	got := values(t, sc, run, f)
	up := got["f.y [N]"]
	// The pressure on a square of one spacing, less by N for the lattice that is
	// not there: see ref.Calibrate.
	if !(up > 0.5*5000*spacing*spacing && up < 1.01*5000*spacing*spacing) {
		t.Errorf("the particle pushes with %g N", up)
	}
	expect(t, got, "f.x [N]", 0, 1e-6*up)
	expect(t, got, "f.torque.z [N m]", 0.08*up, 1e-5*up)
	expect(t, got, "f.torque.x [N m]", -0.02*up, 1e-5*up)
	expect(t, got, "f.torque.y [N m]", 0, 1e-5*up)
}

// A body that has moved is measured where it is, and rubs on water that does not move along with it only.
func TestForceOnMovingObstacle(t *testing.T) {
	sc := tank(3, [3]float64{0.4, 0.4, 0.4}, scene.Probe{Name: "f", Type: "force", Obstacle: 1})
	there := []scene.Obstacle{{Type: "box", Position: scene.Vec3{0.2, 0.2, 0.2}, Size: scene.Vec3{0.2, 0.1, 0.1}}}
	sc.Obstacles = there
	run, _ := boxRun(sc, 0, 40)
	f := &Frame{
		Position: [][3]float64{{0.28, 0.15 - spacing/2, 0.22}}, Velocity: [][3]float64{{0.5, 0, 0}},
		Density: []float64{density}, Pressure: []float64{5000}, Neighbours: []int{30},
	}
	want := values(t, sc, run, f)
	bodies := run.Bodies
	sc.Obstacles = []scene.Obstacle{there[0]}
	sc.Obstacles[0].Position = scene.Vec3{0.2, 0.35, 0.2}
	run, _ = boxRun(sc, 0, 40)
	f.Obstacles, f.Bodies = there, bodies
	for heading, v := range values(t, sc, run, f) {
		expect(t, map[string]float64{heading: v}, heading, want[heading], 1e-9)
	}
	if math.Abs(want["f.x [N]"]) < 1e-6 {
		t.Error("nothing rubs on a body at rest")
	}
	bodies[0].Velocity = [4]float32{0.5}
	expect(t, values(t, sc, run, f), "f.x [N]", 0, 1e-9)
}
