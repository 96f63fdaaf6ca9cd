package ref

import "math"

// SurfaceFit is what flat surfaces of the lattice say about surface tension. Lengths are in spacings.
type SurfaceFit struct {
	Reach    float64 // radius of the colour
	Norm     float64 // of the colour's kernel, so that the lattice has colour 1
	Bulk     float64 // B d / sigma, which gives the surface its share of the energy
	Gradient float64 // K / (sigma d), which gives it the rest
	Layers   float64 // sum over the layers in front of a wall of what it has in their colour

	dimensions int
}

const (
	// surfaceReach is the radius of the colour in spacings. With 3 the rows of particles that lie along the surface are too
	// coarse for it, and hold it like a skin.
	surfaceReach = 4
	// bulkShare is the part of a surface's energy that lies in its colour and not in its gradient. The colour draws the
	// outermost layers in, its gradient drives the next ones out; in an interface at rest both have half of the energy, and no part
	// of it presses on another (Cahn & Hilliard 1958). On the lattice the forces that its layers pass on are least, 0.4 sigma/d, with this
	// (TestLayersHardlyPress); with colour alone, as with any attraction of pairs, they are 2 sigma/d, and the fluid freezes.
	bulkShare = 0.4
	// surfaceSettled is the energy of a surface that has come to rest over that of the lattice's, in the plane and in space: its outermost layers
	// are closer. Measured on flat films (solver's TestFilmHasTheSurfaceTension), not on drops.
	surfaceSettled = 0.87
)

// FitSurface takes the energies of the lattice's flat surfaces, in the mean over faces of squares (cubes) and along their
// diagonals: sigma is the energy on each m^2.
func FitSurface(dimensions int) SurfaceFit {
	fit := SurfaceFit{Norm: 1, Reach: surfaceReach, dimensions: dimensions}
	sum := 0.0
	fit.lattice(func(x Vec, r2 float64) { w, _, _ := fit.colour(r2); sum += w })
	fit.Norm = 1 / sum
	bulk, gradient := 0.0, 0.0
	for _, diagonal := range []bool{false, true} {
		b, g := fit.flat(diagonal, 0, false)
		bulk += b / 2
		gradient += g / 2
	}
	fit.Bulk, fit.Gradient = bulkShare/(surfaceSettled*bulk), (1-bulkShare)/(surfaceSettled*gradient)
	for s := 0.5; s < fit.Reach; s++ {
		c, _, _ := FluidShare(s / fit.Reach)
		fit.Layers += 1 - c
	}
	return fit
}

// lattice goes over the places within reach of one, itself among them.
func (f *SurfaceFit) lattice(visit func(x Vec, r2 float64)) {
	n := int(math.Ceil(f.Reach))
	deep := n
	if f.dimensions == 2 {
		deep = 0
	}
	for k := -deep; k <= deep; k++ {
		for j := -n; j <= n; j++ {
			for i := -n; i <= n; i++ {
				x := Vec{float64(i), float64(j), float64(k)}
				if r2 := x.dot(x); r2 < f.Reach*f.Reach {
					visit(x, r2)
				}
			}
		}
	}
}

// colour is w and the factors of its derivatives.
func (f *SurfaceFit) colour(r2 float64) (w, slope, turn float64) {
	return colourShape(f.dimensions, r2, f.Reach, f.Norm)
}

// flat is the energy of each m^2 of a flat surface, for B = 1 and for K = 1, of fluid that ends half a layer beyond the first;
// or, with a wall there that has so much of the fluid's colour, of a flat wall.
func (f *SurfaceFit) flat(diagonal bool, wall float64, walled bool) (bulk, gradient float64) {
	apart := 1.0
	depth := func(x Vec) float64 { return x[1] }
	if diagonal {
		apart = math.Sqrt(0.5)
		depth = func(x Vec) float64 { return (x[0] + x[1]) * apart }
	}
	for s := apart / 2; s < f.Reach; s += apart {
		c, n := 0.0, 0.0
		f.lattice(func(x Vec, r2 float64) {
			if s+depth(x) > 0 {
				w, slope, _ := f.colour(r2)
				c += w
				n -= depth(x) * slope
			}
		})
		if walled {
			share, slope, _ := FluidShare(s / f.Reach)
			c += wall * (1 - share)
			n -= wall * slope / f.Reach
		}
		d := max(1-c, 0)
		bulk += apart * d * d / 2
		gradient += apart * n * n / 2
	}
	return bulk, gradient
}

// Walls says how walls are wetted at a contact angle: their colour, and how much of sigma each m^2 of wetted wall saves beside.
//
// Fluid has the energy sigma on each m^2 where it ends, at walls too, unless they have a colour of their own. Young (1805): a wetted
// wall costs -sigma cos(angle). With the colour of the fluid it costs nothing, which is 90 degrees; with less, more; what is
// beyond is a force that draws fluid to the wall.
func (f *SurfaceFit) Walls(angle float64) (colour, wetting float64) {
	cosine := math.Cos(angle * math.Pi / 180)
	if cosine >= 0 {
		return 1, cosine
	}
	low, high := 0.0, 1.0
	for range 50 {
		middle := (low + high) / 2
		bulk, gradient := f.flat(false, middle, true)
		if surfaceSettled*(f.Bulk*bulk+f.Gradient*gradient) > -cosine {
			low = middle
		} else {
			high = middle
		}
	}
	return high, 0
}

// colourShape is the kernel of the colour at a distance whose square is r2, and the factors of its derivatives:
//
//	w = norm (1 - q^2)^m,  grad w = x slope,  grad grad w = slope I + turn x x^T
//
// with m = 3 in space and 7/2 in the plane.
func colourShape(dimensions int, r2, radius, norm float64) (w, slope, turn float64) {
	scale := 1 / (radius * radius)
	u := max(1-r2*scale, 0)
	m, base := 3.0, norm*u
	if dimensions == 2 {
		m, base = 3.5, norm*u*math.Sqrt(u)
	}
	return base * u * u, -2 * m * scale * base * u, 4 * m * (m - 1) * scale * scale * base
}

// FluidShare is the share of the colour's kernel on one side of a plane at the distance t, in radii, from its middle, and
// its first and second derivative.
func FluidShare(t float64) (share, slope, turn float64) {
	t = min(max(t, 0), 1)
	u := 1 - t*t
	const f = 315.0 / 256
	t3 := t * t * t
	return 0.5 + f*(t-4*t3/3+6*t3*t*t/5-4*t3*t3*t/7+t3*t3*t3/9), f * u * u * u * u, -8 * f * t * u * u * u
}
