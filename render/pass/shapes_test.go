package pass

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
)

// shape is what water_shape makes of a particle, in spacings.
type shape struct {
	straight, beside [3]float64 // xx yy zz; xy xz yz
	shift            [3]float64
	share            float64
}

// shapeOf is the plain twin of shaders/render/water_shape.wgsl: every particle and every mirror image of it is looked at.
func shapeOf(place [][4]float32, i int, p *layout.SimParams) shape {
	h, d := float64(p.SupportRadius), float64(p.Spacing)
	var x, low, high [3]float64
	for a := range 3 {
		x[a] = float64(place[i][a])
		low[a], high[a] = math.Inf(1), math.Inf(1)
		if p.ClosedSides>>(2*a)&1 == 1 {
			low[a] = math.Max(x[a]-float64(p.DomainMin[a]), 0)
		}
		if p.ClosedSides>>(2*a+1)&1 == 1 {
			high[a] = math.Max(float64(p.DomainMax[a])-x[a], 0)
		}
	}
	if p.ReachZ == 0 {
		low[2], high[2] = d/2, d/2
	}
	weight, mean, moment := 0.0, [3]float64{}, [3][3]float64{}
	for _, q := range place {
		for image := range 27 {
			var to [3]float64
			r2 := 0.0
			for a, part := range [3]int{image % 3, image / 3 % 3, image / 9} {
				to[a] = float64(q[a]) - x[a]
				switch part {
				case 1:
					to[a] = -2*low[a] - to[a]
				case 2:
					to[a] = 2*high[a] - to[a]
				}
				r2 += to[a] * to[a]
			}
			if !(r2 < h*h) {
				continue
			}
			w := 1 - math.Pow(r2/(h*h), 1.5)
			weight += w
			for a := range 3 {
				mean[a] += w * to[a]
				for b := range 3 {
					moment[a][b] += w * to[a] * to[b]
				}
			}
		}
	}
	var c [3][3]float64
	for a := range 3 {
		mean[a] /= weight
	}
	for a := range 3 {
		for b := range 3 {
			c[a][b] = (moment[a][b]/weight - mean[a]*mean[b]) / (0.15 * h * h)
		}
	}
	smooth := func(low, high, v float64) float64 {
		t := math.Min(math.Max((v-low)/(high-low), 0), 1)
		return t * t * (3 - 2*t)
	}
	out := shape{share: weight * d * d * d * 3 / (2 * math.Pi * h * h * h)}
	least := 0.5 + (0.25-0.5)*smooth(0.3, 0.65, out.share)
	var s [3][3]float64
	for a := range 3 {
		for b := range 3 {
			for k := range 3 {
				s[a][b] += 0.95 * 0.95 * c[a][k] * c[k][b]
			}
		}
		s[a][a] += least * least
	}
	out.straight, out.beside = [3]float64{s[0][0], s[1][1], s[2][2]}, [3]float64{s[0][1], s[0][2], s[1][2]}
	away := math.Sqrt(inner(mean, mean))
	if away == 0 {
		return out
	}
	thick := 0.0
	for a := range 3 {
		for b := range 3 {
			thick += mean[a] * mean[b] / (away * away) * s[a][b]
		}
	}
	level := math.Max(halfSpace(out.share)*h/d, 0.15)
	size := math.Min(math.Max(level-math.Sqrt(thick), -0.6), 0.6) * smooth(0.03, 0.12, away/h) * (1 - smooth(0.9, 1.5, level))
	for a := range 3 {
		out.shift[a] = -mean[a] / away * size
	}
	return out
}

// halfSpace is where the surface is of a half space that takes so much of a ball of the kernel's weight, by bisection [radii].
func halfSpace(share float64) float64 {
	wanted := math.Min(math.Max(share-0.5, -0.35), 0.45)
	low, high := -1.0, 1.0
	for range 60 {
		u := (low + high) / 2
		a := math.Abs(u)
		if math.Copysign(3*(0.3*a-a*a*a/6+math.Pow(a, 6)/30), u) < wanted {
			low = u
		} else {
			high = u
		}
	}
	return low
}

// ellipsoids makes room for the shapes of a tank, until the test ends.
func (k *tank) ellipsoids() *Shapes {
	k.t.Helper()
	h, err := NewShapes(k.device, k.source)
	if err != nil {
		k.t.Fatal(err)
	}
	k.t.Cleanup(h.Release)
	return h
}

// shapes computes those of a tank on the device.
func (k *tank) shapes() (all []shape) {
	k.t.Helper()
	h := k.ellipsoids()
	e, err := k.device.NewEncoder("shapes")
	if err != nil {
		k.t.Fatal(err)
	}
	h.run(e, nil)
	if err := e.Submit(); err != nil {
		k.t.Fatal(err)
	}
	words := gpu.FromBytes[[8]uint32](k.read(h.all))
	for _, w := range words[:len(k.place)] {
		f := func(i int) float64 { return float64(math.Float32frombits(w[i])) }
		all = append(all, shape{
			straight: [3]float64{f(0), f(1), f(2)}, beside: [3]float64{f(3), f(4), f(5)},
			shift: [3]float64{half(w[6]), half(w[6] >> 16), half(w[7])}, share: half(w[7] >> 16),
		})
	}
	return all
}

// half decodes the lower 16 bits, of IEEE 754's binary16.
func half(bits uint32) float64 {
	sign, exponent, fraction := 1-2*float64(bits>>15&1), int(bits>>10&31), float64(bits&1023)/1024
	if exponent == 0 {
		return sign * math.Ldexp(fraction, -14)
	}
	return sign * math.Ldexp(1+fraction, exponent-15)
}

// still moves nothing, and jitter moves particles within their cells.
func still(x, y, z float64) [3]float64 { return [3]float64{} }

func (k *tank) jitter(sides uint32) {
	k.t.Helper()
	for i := range k.place {
		for a := range 3 {
			k.place[i][a] += float32(0.3 * tankSpacing * (math.Mod(float64(i*(a+3))*0.618034+float64(a)*0.37, 1) - 0.5))
		}
	}
	k.params.ClosedSides = sides
	for _, each := range []struct {
		into *gpu.Buffer
		data []byte
	}{{k.source.PositionSorted, gpu.Bytes(k.place)}, {k.source.Params, gpu.BytesOf(&k.params)}} {
		if err := k.device.Write(each.into, 0, each.data); err != nil {
			k.t.Fatal(err)
		}
	}
}

func TestShapesAgreeWithTheirOracle(t *testing.T) {
	s := newStudio(t, 1)
	for _, sides := range []uint32{0, 1<<0 | 1<<2, 1<<6 - 1} {
		k := newTank(t, s, still)
		k.jitter(sides)
		for i, got := range k.shapes() {
			if i%7 != 0 {
				continue
			}
			want := shapeOf(k.place, i, &k.params)
			// sums of some 250 terms, in squares of their differences: 250 * 4 * 2^-24 of a few; the rest are halves
			for a := range 3 {
				if d := math.Abs(got.straight[a] - want.straight[a]); !(d < 2e-4) {
					t.Fatalf("walls %b, particle %d at %v: axis %d is %g, want %g", sides, i, k.place[i], a, got.straight[a], want.straight[a])
				}
				if d := math.Abs(got.beside[a] - want.beside[a]); !(d < 2e-4) {
					t.Fatalf("walls %b, particle %d at %v: member %d beside is %g, want %g", sides, i, k.place[i], a, got.beside[a], want.beside[a])
				}
				if d := math.Abs(got.shift[a] - want.shift[a]); !(d < 2e-3) {
					t.Fatalf("walls %b, particle %d at %v: moved by %v, want %v", sides, i, k.place[i], got.shift, want.shift)
				}
			}
			if d := math.Abs(got.share - want.share); !(d < 2e-3) {
				t.Fatalf("walls %b, particle %d: company %g, want %g", sides, i, got.share, want.share)
			}
		}
	}
}

// What shapes are for: at the surface of a pool at rest, and of a rough one, their outer ends lie in its plane, also beside
// walls; inside they are balls.
func TestShapesLieInTheSurface(t *testing.T) {
	s := newStudio(t, 1)
	for _, rough := range []bool{false, true} {
		k := newTank(t, s, still)
		if k.jitter(1<<6 - 1); !rough {
			k = newTank(t, s, still)
			k.params.ClosedSides = 1<<6 - 1
			if err := s.device.Write(k.source.Params, 0, gpu.BytesOf(&k.params)); err != nil {
				t.Fatal(err)
			}
		}
		sum, squares, before, count := 0.0, 0.0, 0.0, 0.0
		for i, got := range k.shapes() {
			y := float64(k.place[i][1])
			if y < 0.35 && y > 0.1 {
				if got.straight[0] < 0.6 || got.straight[1] < 0.6 || got.straight[2] < 0.6 {
					t.Fatalf("particle %d inside has axes %v", i, got.straight)
				}
			}
			if y < 0.46 {
				continue
			}
			if got.straight[1] > 0.5*got.straight[0] {
				t.Fatalf("particle %d at the surface is not flat: %v", i, got.straight)
			}
			top := (y-0.5)/tankSpacing + got.shift[1] + math.Sqrt(got.straight[1])
			sum, squares, count = sum+top, squares+top*top, count+1
			before += (y - 0.475) * (y - 0.475) / (tankSpacing * tankSpacing)
		}
		mean := sum / count
		if math.Abs(mean) > 0.15 {
			t.Errorf("the surface lies %.3f spacings above the pool's", mean)
		}
		if bumps, was := math.Sqrt(squares/count-mean*mean), math.Sqrt(before/count); bumps > 0.03+0.6*was {
			t.Errorf("bumps of %.3f spacings, of particles that lie %.3f apart", bumps, was)
		}
	}
}

// TestShapesAreSeen draws the pool with them.
func TestShapesAreSeen(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(Scene{Domain: view.Box{Max: view.Vector{1, 1, 1}}})
	k := newTank(t, s, still)
	k.jitter(1<<6 - 1)
	h := k.ellipsoids()
	p := k.particles()
	camera := view.New(view.Vector{1.9, 1.2, 2.3}, view.Vector{0.5, 0.3, 0.5})
	balls := s.draw(camera, p, Look{Style: Water, Quality: Medium})
	p.Shapes = h
	golden(t, "water-shapes", s.draw(camera, p, Look{Style: Water, Quality: Medium}))
	if mean, _ := difference(balls, s.read()); mean < 0.2 {
		t.Errorf("shapes change the picture by %.2f of 255", mean)
	}
	h.Release()
	if err := s.try(camera, p, Look{Style: Water}); err == nil {
		t.Error("shapes that were released are drawn")
	}
}

// TestWaterIsWholeToItsOutline wants a pool behind glass to be seen from its very edge on. Straight through there is hardly any
// water at a corner; the way that is bent and mirrored within is long.
func TestWaterIsWholeToItsOutline(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(Scene{Domain: view.Box{Max: view.Vector{1, 1, 1}}})
	k := newTank(t, s, still)
	k.jitter(1<<6 - 1)
	p := k.particles()
	p.Shapes = k.ellipsoids()
	camera := view.New(view.Vector{1.9, 1.2, 2.3}, view.Vector{0.5, 0.3, 0.5})
	look := Look{Style: Water, Quality: Medium, NoEdges: true}
	img := s.draw(camera, p, look)
	const row = 60 // across the glass
	red := func(x int) int { return int(img.Pix[row*img.Stride+4*x]) }
	outside, deep, first := red(4), 255, -1
	for x := range testWidth / 2 {
		if deep = min(deep, red(x)); first < 0 && red(x) < outside*7/8 {
			first = x
		}
	}
	if first < 0 || deep > outside/2 {
		t.Fatalf("there is no water: red is %d outside and at least %d", outside, deep)
	}
	// it used to fade in over some twelve pixels; edges are soft by one or two
	if got := red(first + 3); got > (outside+deep)/2 {
		t.Errorf("red is %d beside the pool, down to %d in it, and still %d three pixels from its edge", outside, deep, got)
	}
}
