package view

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > within {
		t.Errorf("%s = %g, want %g", what, got, want)
	}
}

func nearVector(t *testing.T, what string, got, want Vector) {
	t.Helper()
	for i := range 3 {
		if math.Abs(got[i]-want[i]) > 1e-9 {
			t.Fatalf("%s = %v, want %v", what, got, want)
		}
	}
}

// apply multiplies a column-major matrix with a point and divides by w.
func apply(m [16]float32, p Vector) (out Vector, w float64) {
	var v [4]float64
	for row := range 4 {
		v[row] = float64(m[row])*p[0] + float64(m[4+row])*p[1] + float64(m[8+row])*p[2] + float64(m[12+row])
	}
	return Vector{v[0] / v[3], v[1] / v[3], v[2] / v[3]}, v[3]
}

func TestMatricesByHand(t *testing.T) {
	// 90 degrees high, twice as wide: tan 45 = 1, so at distance 10 the picture is 20 high, 40 wide.
	c := Camera{Position: Vector{0, 0, 10}, Target: Vector{0, 0, 0}, Up: Vector{0, 1, 0}, FOV: 90, Near: 1, Far: 101}
	m := c.Matrices(2)
	eye, _ := apply(m.View, Vector{1, 2, 3})
	nearVector(t, "eye", eye, Vector{1, 2, -7})
	for _, test := range []struct {
		p, want Vector
	}{
		{Vector{0, 0, 0}, Vector{0, 0, 0.909}}, // z = far/(far-near) * (1 - near/10) = 1.01*0.9
		{Vector{20, 10, 0}, Vector{1, 1, 0.909}},
		{Vector{-20, -10, 0}, Vector{-1, -1, 0.909}},
		{Vector{0, 0, 9}, Vector{0, 0, 0}},   // near plane
		{Vector{0, 0, -91}, Vector{0, 0, 1}}, // far plane
	} {
		got, w := apply(m.Combined, test.p)
		for i := range 3 {
			near(t, "clip", got[i], test.want[i], 2e-6)
		}
		near(t, "w", w, 10-test.p[2], 1e-5)
		back, _ := apply(m.Inverse, got)
		for i := range 3 {
			near(t, "inverse", back[i], test.p[i], 1e-3*math.Max(1, math.Abs(test.p[i])))
		}
	}
}

func TestMatricesFromTheSide(t *testing.T) {
	// Standing on +x and looking to -x, +z is to the left and y is up.
	c := New(Vector{5, 1, 2}, Vector{0, 1, 2})
	m := c.Matrices(1)
	eye, _ := apply(m.View, Vector{0, 4, 3})
	nearVector(t, "eye", eye, Vector{-1, 3, -5})
}

func TestOrbit(t *testing.T) {
	c := New(Vector{0, 0, 10}, Vector{0, 0, 0})
	nearVector(t, "right by 90", c.Orbit(90, 0).Position, Vector{10, 0, 0})
	nearVector(t, "left by 90", c.Orbit(-90, 0).Position, Vector{-10, 0, 0})
	nearVector(t, "up by 30", c.Orbit(0, 30).Position, Vector{0, 5, 10 * math.Cos(math.Pi/6)})
	nearVector(t, "whole turn", c.Orbit(200, 0).Orbit(160, 0).Position, c.Position)
	top := c.Orbit(0, 500)
	near(t, "height at the pole", top.Position[1], 10*math.Sin(maxPitch), 1e-9)
	nearVector(t, "back from the pole", top.Orbit(0, -89).Position, c.Position)
	near(t, "distance", c.Orbit(33, 21).Distance(), 10, 1e-9)
}

func TestPan(t *testing.T) {
	c := Camera{Position: Vector{0, 0, 10}, Up: Vector{0, 1, 0}, FOV: 90}
	moved := c.Pan(0.5, -0.25) // the picture is 20 m high
	nearVector(t, "target", moved.Target, Vector{10, -5, 0})
	nearVector(t, "position", moved.Position, Vector{10, -5, 10})
}

func TestZoomKeepsThePointUnderTheCursor(t *testing.T) {
	c := Camera{Position: Vector{0, 0, 10}, Up: Vector{0, 1, 0}, FOV: 90}
	nearVector(t, "centre", c.Zoom(0.5, 0, 0, 2).Position, Vector{0, 0, 5})
	zoomed := c.Zoom(0.5, 0.5, -0.5, 2) // the point (10, -5, 0) is under the cursor
	got, _ := apply(zoomed.Matrices(2).Combined, Vector{10, -5, 0})
	near(t, "x", got[0], 0.5, 1e-6)
	near(t, "y", got[1], -0.5, 1e-6)
	for _, bad := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		nearVector(t, "bad factor", c.Zoom(bad, 0, 0, 1).Position, c.Position)
	}
}

func TestFit(t *testing.T) {
	box := Box{Min: Vector{1, 2, 3}, Max: Vector{5, 4, 4}}
	for _, aspect := range []float64{0.4, 1, 16.0 / 9, 4} {
		for _, from := range []Vector{{0, 0, 1}, {1, 0.7, 2}, {-3, 1, 0.2}, {0, 1, 0}, {0.1, -4, 2}} {
			c := New(from, Vector{}).Fit(box, aspect)
			m := c.Matrices(aspect).Combined
			low, high := Vector{9, 9, 9}, Vector{-9, -9, -9}
			for _, corner := range box.corners() {
				p, w := apply(m, corner)
				if w <= 0 || p[2] < 0 || p[2] > 1 {
					t.Fatalf("corner %v is outside the depth range: %v, w %g", corner, p, w)
				}
				for i := range 3 {
					low[i], high[i] = math.Min(low[i], p[i]), math.Max(high[i], p[i])
				}
			}
			widest := math.Max(high[0], high[1])
			if widest > 1 || widest < 0.85 {
				t.Errorf("aspect %g from %v: the box reaches %g of the picture, want almost 1", aspect, from, widest)
			}
			near(t, "centred x", low[0]+high[0], 0, 0.02)
			near(t, "centred y", low[1]+high[1], 0, 0.02)
		}
	}
}

func TestFitOfNothing(t *testing.T) {
	c := New(Vector{0, 1, 2}, Vector{}).Fit(Box{}, 1)
	if d := c.Distance(); math.IsNaN(d) || d <= 0 {
		t.Errorf("distance to an empty box = %g, want a positive number", d)
	}
}

func TestRay(t *testing.T) {
	c := Camera{Position: Vector{0, 0, 10}, Up: Vector{0, 1, 0}, FOV: 90}
	origin, direction := c.Ray(0, 0, 2)
	nearVector(t, "origin", origin, c.Position)
	nearVector(t, "ahead", direction, Vector{0, 0, -1})
	_, direction = c.Ray(1, -1, 2)
	l := math.Sqrt(6)
	nearVector(t, "corner", direction, Vector{2 / l, -1 / l, -1 / l})
}

func TestRelative(t *testing.T) {
	c := New(Vector{1e6, 1, 2}, Vector{1e6 - 1, 1, 2}).Relative(Vector{1e6, 0, 0})
	nearVector(t, "position", c.Position, Vector{0, 1, 2})
	nearVector(t, "target", c.Target, Vector{-1, 1, 2})
}

func TestLookingStraightDown(t *testing.T) {
	right, up, back := New(Vector{0, 5, 0}, Vector{}).Axes()
	nearVector(t, "right", right, Vector{1, 0, 0})
	nearVector(t, "up", up, Vector{0, 0, -1})
	nearVector(t, "back", back, Vector{0, 1, 0})
}

func TestOrthographic(t *testing.T) {
	m := Orthographic(Vector{0, -1, 0}, Vector{1, 2, 3}, 4) // the sun in the zenith
	top, _ := apply(m, Vector{1, 6, 3})
	nearVector(t, "top", top, Vector{0, 0, 0})
	bottom, _ := apply(m, Vector{1, -2, 3})
	nearVector(t, "bottom", bottom, Vector{0, 0, 1})
	side, _ := apply(m, Vector{5, 2, 3})
	nearVector(t, "side", side, Vector{1, 0, 0.5})
}
