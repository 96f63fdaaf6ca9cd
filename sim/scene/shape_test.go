package scene

import (
	"math"
	"math/rand/v2"
	"testing"
)

var solids = []Obstacle{
	{Type: "box", Position: Vec3{0.3, -0.2, 0.5}, Size: Vec3{0.8, 0.4, 1.2}, Rotation: Vec3{20, -35, 50}},
	{Type: "box", Size: Vec3{1, 1, 0.1}},
	{Type: "sphere", Position: Vec3{-0.5, 0.1, 0}, Radius: 0.7, Rotation: Vec3{1, 2, 3}},
	{Type: "cylinder", Position: Vec3{0, 0.4, -0.1}, Radius: 0.3, Height: 1.1, Rotation: Vec3{-70, 15, 200}},
	{Type: "cylinder", Radius: 0.8, Height: 0.2},
	{Type: "capsule", Position: Vec3{0.2, 0, 0}, Radius: 0.25, Height: 0.9, Rotation: Vec3{35, 0, -25}},
	{Type: "capsule", Radius: 0.5, Height: 0.01, Rotation: Vec3{0, 0, 90}},
}

// surface is many points of the surface, found without the code under test: a
// bundle of rays from the centre of the body, each halved down to where it
// leaves it. All four forms are convex, so that each ray leaves once.
func surface(o Obstacle, rays int) []Vec3 {
	r := rand.New(rand.NewPCG(1, 2))
	var points []Vec3
	for range rays {
		n := Vec3{r.NormFloat64(), r.NormFloat64(), r.NormFloat64()}
		l := length(n)
		near, far := 0.0, 4.0
		for range 40 {
			mid := (near + far) / 2
			if isInside(o, Vec3{n[0] / l * mid, n[1] / l * mid, n[2] / l * mid}) {
				near = mid
			} else {
				far = mid
			}
		}
		points = append(points, toWorld(o, Vec3{n[0] / l * near, n[1] / l * near, n[2] / l * near}))
	}
	return points
}

// isInside is the definition of each form, in the body's own coordinates.
func isInside(o Obstacle, q Vec3) bool {
	switch o.Type {
	case "box":
		return math.Abs(q[0]) <= o.Size[0]/2 && math.Abs(q[1]) <= o.Size[1]/2 && math.Abs(q[2]) <= o.Size[2]/2
	case "sphere":
		return length(q) <= o.Radius
	case "cylinder":
		return math.Hypot(q[0], q[2]) <= o.Radius && math.Abs(q[1]) <= o.Height/2
	}
	for _, cap := range []float64{-o.Height / 2, o.Height / 2} {
		if length(Vec3{q[0], q[1] - cap, q[2]}) <= o.Radius {
			return true
		}
	}
	return math.Hypot(q[0], q[2]) <= o.Radius && math.Abs(q[1]) <= o.Height/2
}

// toWorld turns the body step by step, the innermost turn first: z, y, x about
// the axes that stand still is x, y, z about the axes that turn along.
func toWorld(o Obstacle, q Vec3) Vec3 {
	for _, axis := range []int{2, 1, 0} {
		a := o.Rotation[axis] * math.Pi / 180
		i, j := (axis+1)%3, (axis+2)%3
		q[i], q[j] = q[i]*math.Cos(a)-q[j]*math.Sin(a), q[i]*math.Sin(a)+q[j]*math.Cos(a)
	}
	return Vec3{q[0] + o.Position[0], q[1] + o.Position[1], q[2] + o.Position[2]}
}

func TestSDFAgainstBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, o := range solids {
		points := surface(o, 40_000)
		for _, p := range points[:500] {
			if d := o.SDF(p); math.Abs(d) > 1e-9 {
				t.Fatalf("%s: distance %g on the surface", o.Type, d)
			}
		}
		for range 200 {
			q := Vec3{3*r.Float64() - 1.5, 3*r.Float64() - 1.5, 3*r.Float64() - 1.5}
			p := toWorld(o, q)
			nearest := math.Inf(1)
			for _, s := range points {
				nearest = math.Min(nearest, distanceBetween(p, s))
			}
			got := o.SDF(p)
			if (got < 0) != isInside(o, q) {
				t.Errorf("%s: distance %g has the wrong sign at %v", o.Type, got, p)
			}
			// The nearest sample is never nearer than the surface, and with this
			// many rays not much farther.
			if math.Abs(got) > nearest+1e-9 || nearest-math.Abs(got) > 0.05 {
				t.Errorf("%s: distance %g at %v, brute force %g", o.Type, got, p, nearest)
			}
			if again := o.Distance()(p); again != got {
				t.Errorf("%s: Distance %g, SDF %g", o.Type, again, got)
			}
		}
	}
}

// TestSDFSlope: a distance changes by one metre a metre.
func TestSDFSlope(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, o := range solids {
		for range 300 {
			a := Vec3{2*r.Float64() - 1, 2*r.Float64() - 1, 2*r.Float64() - 1}
			b := Vec3{2*r.Float64() - 1, 2*r.Float64() - 1, 2*r.Float64() - 1}
			if math.Abs(o.SDF(a)-o.SDF(b)) > distanceBetween(a, b)+1e-12 {
				t.Errorf("%s: steeper than a distance between %v and %v", o.Type, a, b)
			}
		}
	}
}

func TestBoundsVolume(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, o := range solids {
		low, high := o.Bounds()
		gotLow, gotHigh := Vec3{9, 9, 9}, Vec3{-9, -9, -9}
		for _, p := range surface(o, 100_000) {
			for i := range p {
				gotLow[i], gotHigh[i] = math.Min(gotLow[i], p[i]), math.Max(gotHigh[i], p[i])
			}
		}
		for i := range low {
			if gotLow[i] < low[i]-1e-9 || gotHigh[i] > high[i]+1e-9 || gotLow[i]-low[i] > 0.03 || high[i]-gotHigh[i] > 0.03 {
				t.Errorf("%s: bounds %v %v, brute force %v %v", o.Type, low, high, gotLow, gotHigh)
				break
			}
		}
		// Volume by throwing darts into the box around it.
		const darts = 400_000
		inside := 0
		distance := o.Distance()
		size := Vec3{}
		for i := range size {
			low[i], high[i] = low[i]-0.05, high[i]+0.05
			size[i] = high[i] - low[i]
		}
		for range darts {
			if distance(Vec3{low[0] + r.Float64()*size[0], low[1] + r.Float64()*size[1], low[2] + r.Float64()*size[2]}) < 0 {
				inside++
			}
		}
		box := size[0] * size[1] * size[2] / darts
		if got := float64(inside) * box; math.Abs(got/o.Volume()-1) > 0.03 {
			t.Errorf("%s: volume %g, by darts %g", o.Type, o.Volume(), got)
		}
	}
}

// TestFluidShapesAreTheSame: fluid and obstacles share their geometry.
func TestFluidShapesAreTheSame(t *testing.T) {
	for _, o := range solids {
		f := FluidShape{Type: o.Type, Position: o.Position, Size: o.Size, Radius: o.Radius, Height: o.Height, Rotation: o.Rotation}
		p := Vec3{0.3, 0.7, -0.2}
		lowF, highF := f.Bounds()
		lowO, highO := o.Bounds()
		if f.SDF(p) != o.SDF(p) || f.Distance()(p) != o.SDF(p) || f.Volume() != o.Volume() || lowF != lowO || highF != highO {
			t.Errorf("%s: the fluid shape differs from the obstacle", o.Type)
		}
	}
}

func TestRotation(t *testing.T) {
	x, y, z := Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}
	for _, c := range []struct{ degrees, v, want Vec3 }{
		{Vec3{90, 0, 0}, y, z}, // right-handed about x
		{Vec3{0, 90, 0}, z, x},
		{Vec3{0, 0, 90}, x, y},
		{Vec3{0, 0, -90}, y, x},
		{Vec3{180, 0, 0}, y, Vec3{0, -1, 0}},
		{Vec3{-270, 0, 0}, y, z},
		{Vec3{360, 360, -360}, x, x},
		// Own axes: after 90 about x, the body's y points along z, and the turn
		// about the body's y is one about the world's z.
		{Vec3{90, 90, 0}, x, y},
		{Vec3{90, 90, 0}, z, x},
	} {
		got := RotationMatrix(c.degrees).Mul(c.v)
		for i := range got {
			if got[i] != c.want[i] { // exact at right angles
				t.Errorf("%v turned by %v is %v, want %v", c.v, c.degrees, got, c.want)
				break
			}
		}
	}
	m := RotationMatrix(Vec3{12, 34, 56})
	v := Vec3{1, 2, 3}
	if back := m.MulT(m.Mul(v)); distanceBetween(back, v) > 1e-14 {
		t.Errorf("there and back: %v", back)
	}
	if want := toWorld(Obstacle{Rotation: Vec3{12, 34, 56}}, v); distanceBetween(m.Mul(v), want) > 1e-14 {
		t.Errorf("step by step %v, at once %v", want, m.Mul(v))
	}
}

func TestSoundSpeed(t *testing.T) {
	s := parse1(t, changeable) // water up to 0.5 m
	near := func(assignments []string, want float64) {
		t.Helper()
		c, err := s.Set(assignments...)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.SoundSpeed(); math.Abs(got-want) > 1e-9*want {
			t.Errorf("%v: %g, want %g", assignments, got, want)
		}
	}
	near(nil, 10*math.Sqrt(2*9.81*0.5))
	near([]string{"fluid.sound_speed=12"}, 12)
	near([]string{"fluid.shape.0.velocity=3,0,4"}, 10*math.Sqrt(2*9.81*0.5+25))
	near([]string{"gravity=0,0,0"}, 1)
	near([]string{"gravity=0,0,0", "fluid.shape.0.velocity=3,0,4"}, 50)
	near([]string{"gravity=0,0,0", "fluid.surface_tension=0.4"}, 10*math.Sqrt(2*0.4/(1000*0.05)))
	near([]string{"gravity=0,20,0"}, 10*math.Sqrt(2*20*1)) // falls up, from 0 to 1
	near([]string{"gravity=10,0,0"}, 10*math.Sqrt(2*10*0.7))
	near([]string{"fluid.shape.0.max=0.5,7,0.5"}, 10*math.Sqrt(2*9.81*1)) // cut off by the domain
	near([]string{"domain.min=0,-3,0"}, 10*math.Sqrt(2*9.81*3.5))
}
