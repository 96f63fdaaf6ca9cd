package validation

import "math"

// curve is a quantity over another that grows, straight between its points.
type curve struct{ x, y []float64 }

func (c *curve) add(x, y float64) { c.x, c.y = append(c.x, x), append(c.y, y) }

// at is the value at x; NaN outside of the curve.
func (c curve) at(x float64) float64 {
	for k := 1; k < len(c.x); k++ {
		if c.x[k-1] <= x && x <= c.x[k] {
			if c.x[k] == c.x[k-1] {
				return c.y[k]
			}
			return c.y[k-1] + (x-c.x[k-1])/(c.x[k]-c.x[k-1])*(c.y[k]-c.y[k-1])
		}
	}
	return math.NaN()
}

// reaches is where the curve first comes to y from below; NaN if it never does.
func (c curve) reaches(y float64) float64 {
	for k := 1; k < len(c.x); k++ {
		if c.y[k-1] < y && y <= c.y[k] {
			return c.x[k-1] + (y-c.y[k-1])/(c.y[k]-c.y[k-1])*(c.x[k]-c.x[k-1])
		}
	}
	return math.NaN()
}

// scaled is the curve in other units.
func (c curve) scaled(x, y float64) curve {
	var out curve
	for k := range c.x {
		out.add(c.x[k]*x, c.y[k]*y)
	}
	return out
}

// moved is the curve later by x.
func (c curve) moved(x float64) curve {
	var out curve
	for k := range c.x {
		out.add(c.x[k]+x, c.y[k])
	}
	return out
}

// within is the part of the curve whose points are wanted.
func (c curve) within(wanted func(x, y float64) bool) curve {
	var out curve
	for k := range c.x {
		if wanted(c.x[k], c.y[k]) {
			out.add(c.x[k], c.y[k])
		}
	}
	return out
}

// pin is how much later the measured curve comes to the value y than the computed one: the uncertain time zero of an
// experiment in which a gate had to be opened.
func pin(computed, measured curve, y float64) float64 {
	return measured.reaches(y) - computed.reaches(y)
}

// relativeRMS is the root mean square of computed/measured - 1 over the measured points. A point that the computed
// curve does not cover makes it NaN: a run that ends early agrees with nothing.
func relativeRMS(computed, measured curve) float64 {
	return rms(computed, measured, func(c, m float64) float64 { return c/m - 1 })
}

// differenceRMS is the same of computed - measured.
func differenceRMS(computed, measured curve) float64 {
	return rms(computed, measured, func(c, m float64) float64 { return c - m })
}

func rms(computed, measured curve, off func(c, m float64) float64) float64 {
	sum := 0.0
	for k, x := range measured.x {
		difference := off(computed.at(x), measured.y[k])
		sum += difference * difference
	}
	return math.Sqrt(sum / float64(len(measured.x)))
}

// worst is the largest amount, NaN if one is NaN or there is none.
func worst(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	most := 0.0
	for _, v := range values {
		most = math.Max(most, math.Abs(v))
	}
	return most
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
