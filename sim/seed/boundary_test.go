package seed

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

func TestWallGamma(t *testing.T) {
	for _, c := range []struct{ h, want float64 }{{2, 0.778}, {2.4, 0.639}, {2.6, 0.593}, {3, 0.538}} {
		if got := WallGamma(c.h) * ref.LatticeDensity(c.h); math.Abs(got-c.want) > 6e-4 {
			t.Errorf("h = %g d: gamma times the lattice density is %.4f, want %.3f", c.h, got, c.want)
		}
	}
	// For h = 2 d a flat sample stands for exactly what a fluid particle does.
	want := 1 / ref.LatticeDensity(2)
	if got := WallGamma(2) / ref.LatticeLayer(2, 0); math.Abs(got-want) > 1e-14 {
		t.Errorf("flat sample's volume %.9f d^3, a particle's is %.9f d^3", got, want)
	}
}

// A full tank on the lattice: every particle should see the rest density.
func TestWallsCompleteTheDensity(t *testing.T) {
	const d = 0.05
	s := tank(d)
	s.Fluid.Jitter = 0
	s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{0, 0, 0}, scene.Vec3{1, 1, 1})}
	set := build(t, s)
	worst := [4]float64{} // by the number of walls that a particle touches
	points := set.fluid()
	for i, rho := range density(set, d) {
		p := points[i]
		touching, around := 0, 0
		for a := range p {
			gap := math.Min(p[a], 1-p[a]) / d
			if gap < 1 {
				touching++
			}
			if gap < 2 {
				around++ // one further in: it may feel volumes disturbed by an edge
			}
		}
		if touching < 2 && around > 1 {
			continue
		}
		worst[touching] = math.Max(worst[touching], math.Abs(rho-1))
	}
	for touching, bound := range []float64{1e-5, 1e-5, 0.006, 0.012} {
		if worst[touching] > bound {
			t.Errorf("touching %d walls: density off by %.5f, bound %g", touching, worst[touching], bound)
		}
	}
	t.Logf("density error: inside %.1e, at a wall %.1e, in an edge %.5f, in a corner %.5f", worst[0], worst[1], worst[2], worst[3])
}

func TestWallsOfOddDomains(t *testing.T) {
	for _, d := range []float64{0.05, 0.047, 0.0371, 0.12, 0.3, 0.45} {
		s := tank(d)
		s.Domain.Min, s.Domain.Max = scene.Vec3{-3, 0.2, 1}, scene.Vec3{-2.2, 0.9, 2.1}
		set := build(t, s)
		points := set.solid()
		if got := closest(points, d) / d; got < 0.74 {
			t.Errorf("d=%g: two wall samples %.3f spacings apart", d, got)
		}
		// Every point of every wall has a sample close by, edges and corners too.
		g := newGrid(points, 1.2*d)
		const n = 40
		for a := range 3 {
			for _, plane := range []float64{s.Domain.Min[a], s.Domain.Max[a]} {
				for i := range n * n {
					p := s.Domain.Min
					u, v := (a+1)%3, (a+2)%3
					p[a] = plane
					p[u] += (s.Domain.Max[u] - p[u]) * float64(i%n) / (n - 1)
					p[v] += (s.Domain.Max[v] - p[v]) * float64(i/n) / (n - 1)
					if !g.crowded(p, 1.02*d) {
						t.Fatalf("d=%g: no wall sample near %.3f", d, p)
					}
				}
			}
		}
		for i, p := range points {
			inside := true
			for a := range p {
				inside = inside && p[a] > s.Domain.Min[a] && p[a] < s.Domain.Max[a]
			}
			if inside || set.Boundary[i].Body != WallBody || !(set.Boundary[i].Volume > 0) {
				t.Fatalf("d=%g: sample %+v at %.4f", d, set.Boundary[i], p)
			}
		}
	}
}

func TestOpenSides(t *testing.T) {
	const d = 0.1
	s := tank(d)
	closed := len(build(t, s).Boundary)
	if want := 12*12*12 - 10*10*10; closed != want {
		t.Errorf("closed tank: %d samples, want %d", closed, want)
	}
	s.Domain.Open = []string{"+y", "-x"}
	set := build(t, s)
	// 10 layers between the walls, one per wall, two past each open side.
	if want := 13*13*12 - 12*12*10; len(set.Boundary) != want {
		t.Errorf("two sides open: %d samples, want %d", len(set.Boundary), want)
	}
	for _, p := range set.solid() {
		if p[0] < 0 && p[1] > 0 && p[2] > 0 && p[2] < 1 || p[1] > 1 && p[0] < 1 && p[2] > 0 && p[2] < 1 {
			t.Fatalf("a sample in the open side at %.3f", p)
		}
	}
	s.Domain.Open = []string{"-x", "+x", "-y", "+y", "-z", "+z"}
	if set := build(t, s); len(set.Boundary) != 0 {
		t.Errorf("no walls at all, but %d samples", len(set.Boundary))
	}
	// The floor next to an open side is as complete as in its middle.
	s.Domain.Open = []string{"+x"}
	s.Fluid.Jitter = 0
	s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{0, 0, 0}, scene.Vec3{1, 0.1, 1})}
	set = build(t, s)
	var atEnd, inMiddle float64
	solid := set.solid()
	for _, p := range set.fluid() {
		sum := 0.0
		for k, b := range solid {
			sum += float64(set.Boundary[k].Volume) * ref.W(math.Sqrt(squared(p, b)), 2*d)
		}
		if math.Abs(p[2]-0.55) < 0.01 && math.Abs(p[0]-0.95) < 0.01 {
			atEnd = sum
		}
		if math.Abs(p[2]-0.55) < 0.01 && math.Abs(p[0]-0.55) < 0.01 {
			inMiddle = sum
		}
	}
	if inMiddle == 0 || math.Abs(atEnd/inMiddle-1) > 1e-5 {
		t.Errorf("floor beside the open side counts %.6f, in the middle %.6f", atEnd, inMiddle)
	}
}

func solids(d float64) map[string]scene.Obstacle {
	at := scene.Vec3{0.5, 0.5, 0.5}
	turned := scene.Vec3{20, 35, 50}
	return map[string]scene.Obstacle{
		"box":             {Type: "box", Position: at, Size: scene.Vec3{0.2, 0.3, 0.4}},
		"turned box":      {Type: "box", Position: at, Size: scene.Vec3{0.23, 0.31, 0.4}, Rotation: turned},
		"plate":           {Type: "box", Position: at, Size: scene.Vec3{0.4, d, 0.4}, Rotation: turned},
		"thin plate":      {Type: "box", Position: at, Size: scene.Vec3{0.4, 0.1 * d, 0.4}},
		"two-layer plate": {Type: "box", Position: at, Size: scene.Vec3{0.4, 1.6 * d, 0.4}},
		"needle":          {Type: "box", Position: at, Size: scene.Vec3{0.4, 0.1 * d, 0.2 * d}},
		"grain":           {Type: "box", Position: at, Size: scene.Vec3{0.3 * d, 0.1 * d, 0.2 * d}},
		"sphere":          {Type: "sphere", Position: at, Radius: 0.2},
		"small sphere":    {Type: "sphere", Position: at, Radius: 1.3 * d},
		"pea":             {Type: "sphere", Position: at, Radius: 0.5 * d},
		"cylinder":        {Type: "cylinder", Position: at, Radius: 0.15, Height: 0.5, Rotation: turned},
		"disc":            {Type: "cylinder", Position: at, Radius: 0.25, Height: 0.5 * d, Rotation: turned},
		"rod":             {Type: "cylinder", Position: at, Radius: 0.4 * d, Height: 0.5},
		"capsule":         {Type: "capsule", Position: at, Radius: 0.1, Height: 0.4, Rotation: turned},
		"short capsule":   {Type: "capsule", Position: at, Radius: 0.1, Height: 0.001},
		"wire":            {Type: "capsule", Position: at, Radius: 0.3 * d, Height: 0.4, Rotation: turned},
	}
}

func TestObstaclesAreCovered(t *testing.T) {
	for _, d := range []float64{0.02, 0.033} {
		for name, o := range solids(d) {
			s := tank(d)
			s.Domain.Open = []string{"-x", "+x", "-y", "+y", "-z", "+z"}
			s.Obstacles = []scene.Obstacle{o}
			set := build(t, s)
			points := set.solid()
			for i, p := range points {
				if depth := -o.SDF(p); depth < 0 || depth > 0.76*d {
					t.Fatalf("%s, d=%g: a sample %.3f spacings below the surface", name, d, depth/d)
				}
				// A flat sample has 0.97 d^3, one without any neighbour 1.80 d^3.
				if b := set.Boundary[i]; b.Body != 0 || !(b.Volume > 0) || float64(b.Volume) > 1.81*d*d*d {
					t.Fatalf("%s, d=%g: sample %+v", name, d, b)
				}
			}
			if got := closest(points, d) / d; got < 0.49 {
				t.Errorf("%s, d=%g: two samples %.3f spacings apart", name, d, got)
			}
			surface := onSurface(o, d/4)
			if len(surface) < 50 {
				t.Fatalf("%s: only %d points on its surface", name, len(surface))
			}
			g, far := newGrid(points, 1.2*d), 0.0
			for _, p := range surface {
				best := math.Inf(1)
				for _, k := range g.around(g.cell(p), nil) {
					best = math.Min(best, squared(p, points[k]))
				}
				far = math.Max(far, math.Sqrt(best)/d)
			}
			// The middle of a square of samples is 0.71 d from them and the
			// surface 0.5 d above (0.74 d where there is one middle layer).
			if far > 1.03 {
				t.Errorf("%s, d=%g: a point of the surface is %.3f spacings from the nearest sample", name, d, far)
			}
		}
	}
}

// onSurface finds points of an obstacle's surface: rays from all over its
// bounds along each axis, cut where the signed distance changes sign.
func onSurface(o scene.Obstacle, step float64) []scene.Vec3 {
	lo, hi := o.Bounds()
	step = math.Min(step, math.Max(hi[0]-lo[0], math.Max(hi[1]-lo[1], hi[2]-lo[2]))/12)
	distance := o.Distance()
	var found []scene.Vec3
	for a := range 3 {
		u, v := (a+1)%3, (a+2)%3
		for x := lo[u] + step/3; x < hi[u]; x += step {
			for y := lo[v] + step/3; y < hi[v]; y += step {
				p := scene.Vec3{}
				p[u], p[v] = x, y
				for _, from := range []float64{lo[a] - step, hi[a] + step} {
					p[a] = from
					toward := 1.0
					if from > hi[a] {
						toward = -1
					}
					// Sphere tracing: the distance is exact, so it never overshoots.
					for range 200 {
						dist := distance(p)
						if dist < 1e-9 {
							found = append(found, p)
							break
						}
						p[a] += toward * dist
						if p[a] < lo[a]-step || p[a] > hi[a]+step {
							break
						}
					}
				}
			}
		}
	}
	return found
}

// Fluid seeded around round and flat bodies: at the surface the density must be
// near the rest density wherever the lattice happens to touch.
func TestObstacleDensity(t *testing.T) {
	const d = 0.02
	for _, c := range []struct {
		name  string
		o     scene.Obstacle
		bound float64
	}{
		{"lattice box", scene.Obstacle{Type: "box", Position: scene.Vec3{0.5, 0.5, 0.5}, Size: scene.Vec3{0.2, 0.2, 0.2}}, 0.025},
		{"sphere", scene.Obstacle{Type: "sphere", Position: scene.Vec3{0.5, 0.5, 0.5}, Radius: 0.2}, 0.03},
		{"cylinder", scene.Obstacle{Type: "cylinder", Position: scene.Vec3{0.5, 0.5, 0.5}, Radius: 0.15, Height: 0.4}, 0.03},
		{"capsule", scene.Obstacle{Type: "capsule", Position: scene.Vec3{0.5, 0.5, 0.5}, Radius: 0.15, Height: 0.3}, 0.03},
	} {
		s := tank(d)
		s.Fluid.Jitter = 0
		s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{0, 0, 0}, scene.Vec3{1, 1, 1})}
		s.Obstacles = []scene.Obstacle{c.o}
		set := build(t, s)
		// Only particles right at the surface: others lack the neighbours that
		// had to be removed between them and the body.
		n, mean, low, high := 0, 0.0, math.Inf(1), 0.0
		points := set.fluid()
		for i, rho := range density(set, d) {
			gap := c.o.SDF(points[i]) / d
			if gap > 1.5 {
				continue
			}
			high = math.Max(high, rho)
			if gap < 0.55 {
				n++
				mean += rho
				low = math.Min(low, rho)
			}
		}
		mean /= float64(n)
		t.Logf("%s: %d touching, density %.4f to %.4f, mean %.4f", c.name, n, low, high, mean)
		if high > 1+c.bound || n == 0 {
			t.Errorf("%s: density up to %.4f with %d particles touching", c.name, high, n)
		}
	}
}

func TestHiddenSamplesAreDropped(t *testing.T) {
	const d = 0.02
	h := supportOverD * d
	s := tank(d)
	ground := scene.Obstacle{Type: "box", Position: scene.Vec3{0.5, -40, 0.5}, Size: scene.Vec3{500, 80.4, 500}}
	s.Obstacles = []scene.Obstacle{
		ground,
		{Type: "sphere", Position: scene.Vec3{0.5, 0.2, 0.5}, Radius: 0.15},
		{Type: "cylinder", Position: scene.Vec3{0, 0.5, 0.5}, Radius: 0.1, Height: 3},
		{Type: "box", Position: scene.Vec3{5, 5, 5}, Size: scene.Vec3{1, 1, 1}},
	}
	set := build(t, s)
	bodies := map[int16]int{}
	for i, p := range set.solid() {
		bodies[set.Boundary[i].Body]++
		for a := range p {
			if p[a] < -h-1e-6 || p[a] > 1+h+1e-6 {
				t.Fatalf("a sample at %.4f, further outside than fluid can feel", p)
			}
		}
		for _, o := range s.Obstacles {
			if o.SDF(p) < -h-1e-6 {
				t.Fatalf("a sample at %.4f, deeper in an obstacle than fluid can feel", p)
			}
		}
	}
	if bodies[WallBody] == 0 || bodies[0] == 0 || bodies[1] == 0 || bodies[2] == 0 || bodies[3] != 0 {
		t.Errorf("samples by body: %v", bodies)
	}
	if len(set.Boundary) > 40000 {
		t.Errorf("%d samples for a domain of 50^3 spacings", len(set.Boundary))
	}
}

// What a sphere's samples give a particle that touches it, against the integral
// of the kernel over the sphere, both relative to the flat wall's.
func TestSphereIsEvenlyCovered(t *testing.T) {
	const d = 0.02
	h := supportOverD * d
	flat := ref.LatticeLayer(2, 1) / ref.LatticeDensity(2)
	for _, size := range []float64{3, 5, 10, 20} {
		o := scene.Obstacle{Type: "sphere", Position: scene.Vec3{0.5, 0.5, 0.5}, Radius: size * d}
		s := tank(d)
		s.Obstacles = []scene.Obstacle{o}
		set := build(t, s)
		var solid []scene.Vec3
		var volume []float64
		for i, p := range set.solid() {
			if set.Boundary[i].Body == 0 {
				solid = append(solid, p)
				volume = append(volume, float64(set.Boundary[i].Volume))
			}
		}
		// The mean over lateral shifts of the lattice: the flat wall too gives
		// less opposite the middle of four samples than opposite one.
		want := flat * overlap(size*d, d/2, h) / overlap(1e4*d, d/2, h)
		low, high, mean := math.Inf(1), 0.0, 0.0
		const n = 2000
		for k := range n {
			y := 1 - 2*(float64(k)+0.5)/n
			sin, cos := math.Sincos(float64(k) * 2.399963229728653)
			r := (size + 0.5) * d
			w := math.Sqrt(1 - y*y)
			p := scene.Vec3{0.5 + r*w*cos, 0.5 + r*y, 0.5 + r*w*sin}
			sum := 0.0
			for i, q := range solid {
				sum += volume[i] * ref.W(math.Sqrt(squared(p, q)), h)
			}
			low, high = math.Min(low, sum), math.Max(high, sum)
			mean += sum / n
		}
		t.Logf("radius %g d: wall share of the density %.4f to %.4f, mean %.4f, integral's %.4f", size, low, high, mean, want)
		if math.Abs(mean-want) > 0.03 || high-want > 0.04 || want-low > 0.05 {
			t.Errorf("radius %g d: wall share of the density %.4f to %.4f, mean %.4f, want about %.4f", size, low, high, mean, want)
		}
	}
}

// overlap is the integral of W over a ball seen from gap above its surface.
func overlap(radius, gap, h float64) float64 {
	const n = 4000
	sum, c := 0.0, radius+gap
	for i := range n {
		// Shell of radius r about the point: the cap inside the ball.
		r := (float64(i) + 0.5) / n * h
		if r < gap || r > gap+2*radius {
			continue
		}
		cosine := (c*c + r*r - radius*radius) / (2 * c * r)
		sum += ref.W(r, h) * 2 * math.Pi * r * r * (1 - cosine) * h / n
	}
	return sum
}
