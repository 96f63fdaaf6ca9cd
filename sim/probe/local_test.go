package probe

import (
	"fmt"
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/scene"
)

func middle(dimensions int, x, y float64) scene.Vec3 {
	if dimensions == 2 {
		return scene.Vec3{x, y, 0}
	}
	return scene.Vec3{x, y, 0.2}
}

// Water at rest, 0.2 m deep: the surface is where the last layer ends, and the
// pressure is rho g (H - y) to the last digits, on the floor too, where the
// nearest particle is half a spacing away.
func TestStillWater(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		t.Run(fmt.Sprint(dimensions, "D"), func(t *testing.T) {
			const depth = 0.2
			sc := tank(dimensions, [3]float64{0.4, 0.4, 0.4},
				scene.Probe{Name: "level", Type: "height", Position: middle(dimensions, 0.2, 0)},
				scene.Probe{Name: "between", Type: "height", Position: middle(dimensions, 0.213, 0)},
				scene.Probe{Name: "inside", Type: "pressure", Position: middle(dimensions, 0.2, 0.1)},
				scene.Probe{Name: "floor", Type: "pressure", Position: middle(dimensions, 0.2, 0)},
				scene.Probe{Name: "patch", Type: "pressure", Position: middle(dimensions, 0.2, 0), Radius: 0.07},
				scene.Probe{Name: "air", Type: "pressure", Position: middle(dimensions, 0.2, 0.3)},
				scene.Probe{Name: "still", Type: "velocity", Position: middle(dimensions, 0.2, 0.1)},
				scene.Probe{Name: "above", Type: "velocity", Position: middle(dimensions, 0.2, 0.3)},
			)
			f := lattice(sc, func(x [3]float64) bool { return x[1] < depth })
			for i, x := range f.Position {
				f.Pressure[i] = density * gravity * (depth - x[1])
			}
			got := readings(t, sc, f)
			// The kernel sum on a lattice ripples by a few percent of the filled
			// share, whose slope on the surface is about 0.6 a spacing.
			expect(t, got, "level [m]", depth, 0.05*spacing)
			expect(t, got, "between [m]", depth, 0.05*spacing)
			expect(t, got, "inside [Pa]", density*gravity*0.1, 1e-6)
			expect(t, got, "floor [Pa]", density*gravity*0.2, 1e-6)
			expect(t, got, "patch [Pa]", density*gravity*0.2, 1e-6)
			expect(t, got, "air [Pa]", 0, 0)
			expect(t, got, "still.x [m/s]", 0, 0)
			expect(t, got, "above.x [m/s]", math.NaN(), 0)
			expect(t, got, "above.y [m/s]", math.NaN(), 0)
			if _, there := got["still.z [m/s]"]; there != (dimensions == 3) {
				t.Errorf("a velocity has a z: %v", there)
			}
		})
	}
}

// A field that varies linearly is read exactly anywhere, in the fluid, on a wall
// and near the surface.
func TestLinearVelocity(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		field := func(x [3]float64) [3]float64 {
			v := [3]float64{1 + 2*x[0] - 3*x[1], 4*x[1] - 2, 0}
			if dimensions == 3 {
				v[2] = x[0] + 5*x[2]
			}
			return v
		}
		for _, at := range []scene.Vec3{middle(dimensions, 0.2, 0.1), middle(dimensions, 0.137, 0.151), middle(dimensions, 0, 0.1), middle(dimensions, 0.2, 0.19)} {
			sc := tank(dimensions, [3]float64{0.4, 0.4, 0.4}, scene.Probe{Name: "v", Type: "velocity", Position: at})
			f := lattice(sc, func(x [3]float64) bool { return x[1] < 0.2 })
			for i, x := range f.Position {
				f.Velocity[i] = field(x)
			}
			got := readings(t, sc, f)
			for k, axis := range []string{"x", "y", "z"}[:dimensions] {
				expect(t, got, "v."+axis+" [m/s]", field(at)[k], 1e-12)
			}
		}
	}
}

// A surface that slopes: steps of a lattice, read to a fraction of a spacing on
// average, and a profile along it that names its places.
func TestTiltedSurface(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		sc := tank(dimensions, [3]float64{1, 0.5, 0.2},
			scene.Probe{Name: "slope", Type: "profile", Position: scene.Vec3{0.1, 0, 0.1}, End: scene.Vec3{0.9, 0, 0.1}, Samples: 81})
		surface := func(x float64) float64 { return 0.15 + 0.2*x }
		f := lattice(sc, func(x [3]float64) bool { return x[1] < surface(x[0]) })
		set, err := New(sc, runOf(sc))
		if err != nil {
			t.Fatal(err)
		}
		mean, worst := 0.0, 0.0
		values := set.Sample(f)
		for i, c := range set.Columns() {
			off := values[i] - surface(0.1+c.Along)
			mean += off / float64(len(values))
			worst = math.Max(worst, math.Abs(off))
		}
		// A step of the lattice is a whole spacing high: half of it either way.
		if !(math.Abs(mean) < 0.1*spacing) || !(worst < 0.6*spacing) {
			t.Errorf("%d-D: the slope is off by %.3g spacings on average and %.3g at worst", dimensions, mean/spacing, worst/spacing)
		}
		if first, last := set.Columns()[0].Heading(), set.Columns()[80].Heading(); first != "slope@0 [m]" || last != "slope@0.8 [m]" {
			t.Errorf("the places are called %q to %q", first, last)
		}
	}
}

// Spray is no surface and no front; a layer of one particle is a surface.
func TestSprayIsIgnored(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		sc := tank(dimensions, [3]float64{0.8, 0.4, 0.2},
			scene.Probe{Name: "level", Type: "height", Position: scene.Vec3{0.2, 0, 0.1}},
			scene.Probe{Name: "film", Type: "height", Position: scene.Vec3{0.5, 0, 0.1}},
			scene.Probe{Name: "dry", Type: "height", Position: scene.Vec3{0.7, 0, 0.1}},
			scene.Probe{Name: "tip", Type: "front", Axis: "+x"},
			scene.Probe{Name: "thick", Type: "front", Axis: "+x", Thickness: 0.1},
			scene.Probe{Name: "back", Type: "front", Axis: "-x"},
			scene.Probe{Name: "top", Type: "front", Axis: "+y"},
		)
		f := lattice(sc, func(x [3]float64) bool {
			return x[0] > 0.1 && (x[1] < 0.2 && x[0] < 0.4 || x[1] < spacing && x[0] < 0.6)
		})
		film := readings(t, sc, f)
		z := sc.Domain.Min[2] + 0.5*spacing
		for _, x := range [][3]float64{{0.2, 0.35, z}, {0.75, 0.01, z}, {0.05, 0.01, z}, {0.7, 0.3, z}} {
			f.add(x)
		}
		got := readings(t, sc, f)
		for heading, v := range film {
			if got[heading] != v && !math.IsNaN(v) {
				t.Errorf("%d-D: spray moves %s from %g to %g", dimensions, heading, v, got[heading])
			}
		}
		expect(t, got, "level [m]", 0.2, 0.05*spacing)
		expect(t, got, "film [m]", spacing, 0.3*spacing)
		expect(t, got, "dry [m]", math.NaN(), 0)
		// The last row of a film has neighbours on one side only and may count as
		// spray: a spacing.
		expect(t, got, "tip [m]", 0.6, 1.01*spacing)
		expect(t, got, "thick [m]", 0.6, 1.01*spacing)
		expect(t, got, "back [m]", 0.1, 1e-9)
		expect(t, got, "top [m]", 0.2, 1e-9)
	}
}

// Water that falls apart has no front; none at all, no reading but counts.
func TestNoFluid(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		sc := tank(dimensions, [3]float64{0.4, 0.4, 0.4},
			scene.Probe{Name: "h", Type: "height", Position: middle(dimensions, 0.2, 0)},
			scene.Probe{Name: "p", Type: "pressure", Position: middle(dimensions, 0.2, 0)},
			scene.Probe{Name: "v", Type: "velocity", Position: middle(dimensions, 0.2, 0)},
			scene.Probe{Name: "f", Type: "front", Axis: "+x"},
			scene.Probe{Name: "n", Type: "particles"},
			scene.Probe{Name: "k", Type: "kinetic_energy"},
			scene.Probe{Name: "c", Type: "centre_of_mass"},
			scene.Probe{Name: "e", Type: "density_error"},
		)
		got := readings(t, sc, &Frame{})
		for _, heading := range []string{"h [m]", "v.x [m/s]", "v.y [m/s]", "f [m]", "c.x [m]", "e.mean [%]", "e.max [%]"} {
			expect(t, got, heading, math.NaN(), 0)
		}
		expect(t, got, "p [Pa]", 0, 0)
		expect(t, got, "n", 0, 0)
		expect(t, got, map[int]string{2: "k [J/m]", 3: "k [J]"}[dimensions], 0, 0)
	}
}

// Across a periodic side the fluid goes on: readings there are as in the middle.
func TestPeriodicSides(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		var probes []scene.Probe
		for _, at := range []struct {
			name string
			x, z float64
		}{{"seam", 0, 0.2}, {"other", 0.4, 0.2}, {"inside", 0.2, 0.2}, {"edge", 0, 0}} {
			probes = append(probes,
				scene.Probe{Name: "h " + at.name, Type: "height", Position: scene.Vec3{at.x, 0, at.z}},
				scene.Probe{Name: "p " + at.name, Type: "pressure", Position: scene.Vec3{at.x, 0.1, at.z}, Radius: 10},
				scene.Probe{Name: "v " + at.name, Type: "velocity", Position: scene.Vec3{at.x, 0.1, at.z}})
		}
		sc := tank(dimensions, [3]float64{0.4, 0.4, 0.4}, probes...)
		sc.Domain.Periodic = []string{"x", "z"}
		if dimensions == 2 {
			sc.Domain.Periodic = []string{"x"}
		}
		f := lattice(sc, func(x [3]float64) bool { return x[1] < 0.2 })
		wave := func(x [3]float64) float64 { return math.Sin(2 * math.Pi * x[0] / 0.4) }
		for i, x := range f.Position {
			f.Pressure[i] = density * gravity * (0.2 - x[1])
			f.Velocity[i] = [3]float64{wave(x), 1, 2}
			f.Neighbours[i] = 30 // those across the side are not counted above
		}
		got := readings(t, sc, f)
		for _, name := range []string{"seam", "other", "inside", "edge"} {
			expect(t, got, "h "+name+" [m]", got["h inside [m]"], 1e-9)
			expect(t, got, "h "+name+" [m]", 0.2, 0.05*spacing)
			expect(t, got, "p "+name+" [Pa]", density*gravity*0.1, 1e-6)
			expect(t, got, "v "+name+".x [m/s]", 0, 1e-9) // the wave is odd about all of them
			expect(t, got, "v "+name+".y [m/s]", 1, 1e-9)
		}
	}
}

// The surface is at the same height at a wall, in a corner and above an obstacle
// as in the middle, and follows the water exactly when that rises.
func TestSurfaceEverywhere(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		sc := tank(dimensions, [3]float64{0.4, 0.4, 0.4},
			scene.Probe{Name: "middle", Type: "height", Position: scene.Vec3{0.2, 0, 0.2}},
			scene.Probe{Name: "wall", Type: "height", Position: scene.Vec3{0, 0, 0.2}},
			scene.Probe{Name: "corner", Type: "height", Position: scene.Vec3{0.4, 0, 0.4}},
			scene.Probe{Name: "sunken", Type: "height", Position: scene.Vec3{0.3, 0, 0.2}},
		)
		sc.Obstacles = []scene.Obstacle{{Type: "box", Position: scene.Vec3{0.3, 0.05, 0.2}, Size: scene.Vec3{0.06, 0.1, 1}}}
		f := lattice(sc, func(x [3]float64) bool { return x[1] < 0.2 && sc.Obstacles[0].SDF(x) > 0 })
		before := readings(t, sc, f)
		for heading, v := range before {
			// Beside a wall the lattice is cut through a row: see TestFilledShare.
			if math.IsNaN(v) || math.Abs(v-0.2) > 0.15*spacing {
				t.Errorf("%d-D: %s is %.4f", dimensions, heading, v)
			}
		}
		for _, p := range sc.Probes {
			at := [3]float64{p.Position[0], before[p.Name+" [m]"], p.Position[2]}
			if dimensions == 2 {
				at[2] = 0
			}
			// A millionth of a quarter of a spacing, where the share has a slope
			// below one a spacing.
			if c := gridOf(t, sc, f).filled(at); math.Abs(c-0.5) > 1e-6 {
				t.Errorf("%d-D: at the surface of %s %.7f is filled", dimensions, p.Name, c)
			}
		}
		const rise = 0.3 * spacing
		for i := range f.Position {
			f.Position[i][1] += rise
		}
		for heading, v := range readings(t, sc, f) {
			if math.Abs(v-before[heading]-rise) > 1e-6*spacing {
				t.Errorf("%d-D: the water rises by %g and %s by %g", dimensions, rise, heading, v-before[heading])
			}
		}
	}
}

// A pressure that falls off towards a wall is not carried on below zero, and one
// with a larger radius is the mean of more.
func TestPressureBounds(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		sc := tank(dimensions, [3]float64{0.4, 0.4, 0.4},
			scene.Probe{Name: "wall", Type: "pressure", Position: middle(dimensions, 0, 0.2)},
			scene.Probe{Name: "point", Type: "pressure", Position: middle(dimensions, 0.2, 0.2)},
			scene.Probe{Name: "patch", Type: "pressure", Position: middle(dimensions, 0.2, 0.2), Radius: 0.1},
		)
		f := lattice(sc, func([3]float64) bool { return true })
		mean, all := 0.0, 0.0
		for i, x := range f.Position {
			f.Pressure[i] = 1e4 * (x[0] - 0.2) * (x[0] - 0.2)
			if x[0] < 0.1 {
				f.Pressure[i] = 1e4 * (x[0] - spacing/2)
			}
			r := math.Hypot(math.Hypot(x[0]-0.2, x[1]-0.2), x[2]-middle(dimensions, 0, 0)[2])
			if w := newSpace(sc, 2*spacing, spacing).kernel(r, 0.1); w > 0 {
				mean, all = mean+w*f.Pressure[i], all+w
			}
		}
		got := readings(t, sc, f)
		expect(t, got, "wall [Pa]", 0, 0)
		expect(t, got, "patch [Pa]", mean/all, 1e-9*mean) // symmetric, so the fit is the mean
		if got["point [Pa]"] > got["patch [Pa]"]/2 {
			t.Errorf("%d-D: the radius changes nothing: %g and %g", dimensions, got["point [Pa]"], got["patch [Pa]"])
		}
	}
}
