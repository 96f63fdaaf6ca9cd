package validation

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
	"gonum.org/v1/gonum/stat"
)

// decayRate is b of y = a exp(b t), by least squares on the logarithm: NaN where y is not positive.
func decayRate(c curve) float64 {
	if len(c.x) < 2 {
		return math.NaN()
	}
	logs := make([]float64, len(c.y))
	for k, y := range c.y {
		logs[k] = math.Log(y)
	}
	_, slope := stat.LinearRegression(c.x, logs, nil, false)
	return slope
}

// oscillation is what fits y = mean + amplitude exp(-decay t) cos(2 pi t/period - phase) to a curve.
type oscillation struct {
	period, decay, amplitude, phase, mean float64
	residual                              float64 // rms of what is left, as a fraction of the amplitude
}

// fitOscillation needs at least one and a half periods and a guess of the period that is right within a third.
func fitOscillation(c curve, guess float64) (oscillation, error) {
	if len(c.x) < 8 {
		return oscillation{}, errors.New("too few points to fit an oscillation")
	}
	if span := c.x[len(c.x)-1] - c.x[0]; !(span > 1.5*guess) {
		return oscillation{}, errors.New("the curve is shorter than one and a half periods")
	}
	// Period and decay are searched for, in units of the guess; the rest is linear and follows from them.
	problem := optimize.Problem{Func: func(p []float64) float64 {
		if !(p[0] > 0.2 && p[0] < 5) {
			return math.Inf(1)
		}
		return linearPart(c, p[0]*guess, p[1]/guess).residual
	}}
	best, least := []float64{1, 0}, math.Inf(1)
	for _, start := range []float64{0.7, 0.85, 1, 1.15, 1.3} {
		if r := linearPart(c, start*guess, 0).residual; r < least {
			best, least = []float64{start, 0}, r
		}
	}
	found, err := optimize.Minimize(problem, best, nil, &optimize.NelderMead{SimplexSize: 0.05})
	if err != nil {
		return oscillation{}, err
	}
	fit := linearPart(c, found.X[0]*guess, found.X[1]/guess)
	if math.IsNaN(fit.residual) || math.IsInf(fit.residual, 0) {
		return oscillation{}, errors.New("no oscillation fits the curve")
	}
	fit.residual = math.Sqrt(fit.residual/float64(len(c.x))) / fit.amplitude
	return fit, nil
}

// linearPart is the best mean, amplitude and phase for this period and decay; residual is the sum of squares left.
func linearPart(c curve, period, decay float64) oscillation {
	rows := len(c.x)
	a, b := mat.NewDense(rows, 3, nil), mat.NewVecDense(rows, c.y)
	for k, t := range c.x {
		fade := math.Exp(-decay * (t - c.x[0]))
		sin, cos := math.Sincos(2 * math.Pi * t / period)
		a.SetRow(k, []float64{1, fade * cos, fade * sin})
	}
	var x mat.VecDense
	if err := x.SolveVec(a, b); err != nil {
		return oscillation{residual: math.Inf(1)}
	}
	var left mat.VecDense
	left.MulVec(a, &x)
	left.SubVec(b, &left)
	return oscillation{
		period: period, decay: decay, mean: x.AtVec(0),
		amplitude: math.Hypot(x.AtVec(1), x.AtVec(2)), phase: math.Atan2(x.AtVec(2), x.AtVec(1)),
		residual: mat.Dot(&left, &left),
	}
}
