package ref

import (
	"math"
	"testing"
)

// Different magnitudes of h: a wrong power of h in the normalisation cannot
// hide behind h = 1.
var supports = []float64{0.004, 0.02, 1, 3.7}

func TestKernelIntegratesToOne(t *testing.T) {
	for _, h := range supports {
		const n = 4000
		sum, dr := 0.0, h/n
		for i := 0; i < n; i++ {
			r := (float64(i) + 0.5) * dr
			sum += 4 * math.Pi * r * r * W(r, h) * dr
		}
		if math.Abs(sum-1) > 1e-6 {
			t.Errorf("h=%g: integral %.9f, want 1", h, sum)
		}
	}
}

func TestPlaneKernelIntegratesToOne(t *testing.T) {
	for _, h := range supports {
		const n = 4000
		sum, moment, dr := 0.0, 0.0, h/n
		for i := 0; i < n; i++ {
			r := (float64(i) + 0.5) * dr
			ring := 2 * math.Pi * r * dr
			sum += ring * W2(r, h)
			moment += ring * r * r / 2 * GradFactor2(r, h) // of x times the gradient's x
		}
		// Integration by parts makes the second minus the first.
		if math.Abs(sum-1) > 1e-6 || math.Abs(moment+1) > 1e-6 {
			t.Errorf("h=%g: integral %.9f, want 1; first moment of the gradient %.9f, want -1", h, sum, moment)
		}
	}
}

// In Cartesian coordinates, on a grid with an odd offset: the kernel as a
// function of space has unit mass, no first moment, and its gradient
// integrates to zero with first moment minus the identity.
func TestKernelMoments(t *testing.T) {
	const h, n = 0.05, 80
	step := 2 * h / n
	var mass float64
	var first, gradSum [3]float64
	var gradMoment [3][3]float64
	for i := 0; i < n; i++ {
		for j := 0; j < n; j++ {
			for k := 0; k < n; k++ {
				x := [3]float64{
					-h + (float64(i)+0.5)*step,
					-h + (float64(j)+0.5)*step,
					-h + (float64(k)+0.5)*step,
				}
				r := math.Sqrt(x[0]*x[0] + x[1]*x[1] + x[2]*x[2])
				dv := step * step * step
				w, g := W(r, h), GradFactor(r, h)
				mass += w * dv
				for a := range x {
					first[a] += x[a] * w * dv
					gradSum[a] += x[a] * g * dv
					for b := range x {
						gradMoment[a][b] += x[a] * x[b] * g * dv
					}
				}
			}
		}
	}
	if math.Abs(mass-1) > 1e-4 {
		t.Errorf("mass %.7f, want 1", mass)
	}
	for a := range first {
		if math.Abs(first[a])/h > 1e-12 {
			t.Errorf("first moment[%d] = %g, want 0", a, first[a])
		}
		if math.Abs(gradSum[a])*h > 1e-12 {
			t.Errorf("integral of the gradient[%d] = %g, want 0", a, gradSum[a])
		}
		for b := range first {
			want := 0.0
			if a == b {
				want = -1 // integration by parts: the kernel's mass
			}
			if math.Abs(gradMoment[a][b]-want) > 1e-3 {
				t.Errorf("gradient moment[%d][%d] = %.6f, want %g", a, b, gradMoment[a][b], want)
			}
		}
	}
}

func TestGradFactorIsDerivative(t *testing.T) {
	for _, h := range supports {
		for q := 0.001; q < 1.2; q += 0.0137 {
			r, e := q*h, 1e-5*h
			want := (W(r+e, h) - W(r-e, h)) / (2 * e)
			got := r * GradFactor(r, h)
			if scale := 1 / math.Pow(h, 4); math.Abs(got-want) > 1e-7*scale {
				t.Errorf("h=%g q=%.4f: r*GradFactor = %g, finite difference %g", h, q, got, want)
			}
			flat := (W2(r+e, h) - W2(r-e, h)) / (2 * e)
			if got := r * GradFactor2(r, h); math.Abs(got-flat) > 1e-7/math.Pow(h, 3) {
				t.Errorf("h=%g q=%.4f: r*GradFactor2 = %g, finite difference %g", h, q, got, flat)
			}
			if got > 0 {
				t.Errorf("h=%g q=%.4f: the kernel must fall with distance, slope %g", h, q, got)
			}
		}
	}
}

func TestKernelSupport(t *testing.T) {
	for _, h := range supports {
		for _, q := range []float64{1, 1.0000001, 1.5, 100} {
			if w := W(q*h, h); w != 0 {
				t.Errorf("h=%g: W at %g h = %g, want 0", h, q, w)
			}
			if g := GradFactor(q*h, h); g != 0 {
				t.Errorf("h=%g: GradFactor at %g h = %g, want 0", h, q, g)
			}
		}
		if W(0.9999*h, h) <= 0 || GradFactor(0.9999*h, h) >= 0 {
			t.Errorf("h=%g: nothing just inside the support", h)
		}
		if w0 := W(0, h); w0 != 21/(2*math.Pi*h*h*h) {
			t.Errorf("h=%g: W(0) = %g", h, w0)
		}
		if g := GradFactor(0, h); math.IsInf(g, 0) || math.IsNaN(g) {
			t.Errorf("h=%g: GradFactor(0) = %g, want a finite number", h, g)
		}
	}
}

func TestLatticeDensity(t *testing.T) {
	for _, c := range []struct{ hOverD, want float64 }{
		{2, 1.0338}, {2.4, 1.0175}, {2.6, 1.0095}, {3, 1.0031},
	} {
		if got := LatticeDensity(c.hOverD); math.Abs(got-c.want) > 5e-5 {
			t.Errorf("h=%gd: lattice density %.6f, want %.4f", c.hOverD, got, c.want)
		}
	}
	if got := LatticeDensity2(2); math.Abs(got-1.0376) > 5e-5 {
		t.Errorf("square lattice: %.6f, want 1.0376", got)
	}
	// Wide kernels see a continuum.
	if got := LatticeDensity2(12); math.Abs(got-1) > 2e-4 {
		t.Errorf("square lattice at h = 12 d: %.6f, want nearly 1", got)
	}
	layers := LatticeLayer(2, 0) + 2*LatticeLayer(2, 1) + 2*LatticeLayer(2, 2)
	if math.Abs(layers-LatticeDensity(2)) > 1e-14 {
		t.Errorf("layers add up to %.9f, lattice %.9f", layers, LatticeDensity(2))
	}
}
