package probe

import "math"

const (
	// wet is the filled share from which on a point is inside the fluid.
	wet = 0.5
	// leastFree is the free share below which a point counts as solid: in the
	// corner of a box it is 1/8.
	leastFree = 0.1
	// mostGain bounds the sum of the absolute weights of a fit. Two layers seen
	// from the wall they lie on have 2; a fit with more would show noise.
	mostGain = 3
)

// filled is the share of the free neighbourhood of x that fluid fills.
func (g *grid) filled(x [3]float64) float64 {
	free := g.free(x)
	if free < leastFree {
		return 0
	}
	sum := 0.0
	g.near(x, g.support, func(_ int, _ [3]float64, r float64) { sum += g.volume * g.kernel(r, g.support) })
	return sum / free
}

// weights is how much each particle near a point counts there; they add up to 1.
type weights struct {
	index []int
	share []float64
}

func (w *weights) of(f func(j int) float64) float64 {
	sum := 0.0
	for n, j := range w.index {
		sum += w.share[n] * f(j)
	}
	return sum
}

// at finds the weights at x of the particles within r: a fit of first order, or
// the plain mean where that says too little. There are none where there are no
// particles.
func (g *grid) at(x [3]float64, r float64) *weights {
	w := &weights{}
	var away [][3]float64
	total := 0.0
	g.near(x, r, func(j int, d [3]float64, distance float64) {
		k := g.kernel(distance, r)
		w.index, w.share = append(w.index, j), append(w.share, k)
		away = append(away, [3]float64{d[0] / r, d[1] / r, d[2] / r})
		total += k
	})
	if !(total > 0) {
		return &weights{}
	}
	if slope, ok := firstOrder(w.share, away, g.dimensions); ok {
		fit := make([]float64, len(w.share))
		gain := 0.0
		for n, d := range away {
			fit[n] = w.share[n] * (slope[0] + slope[1]*d[0] + slope[2]*d[1] + slope[3]*d[2])
			gain += math.Abs(fit[n])
		}
		if gain <= mostGain {
			w.share = fit
			return w
		}
	}
	for n := range w.share {
		w.share[n] /= total
	}
	return w
}

// firstOrder solves the equations of the fit, sum_j k_j b_j b_j^T a = (1,0,0,0)
// with b = (1, d), by elimination with pivots. It fails where the particles lie
// in a plane or a line.
func firstOrder(k []float64, d [][3]float64, dimensions int) (a [4]float64, ok bool) {
	n := dimensions + 1
	if len(k) < 2*n {
		return a, false
	}
	var m [4][5]float64
	for s, weight := range k {
		b := [4]float64{1, d[s][0], d[s][1], d[s][2]}
		for i := range n {
			for j := range n {
				m[i][j] += weight * b[i] * b[j]
			}
		}
	}
	m[0][4] = 1
	scale := m[0][0]
	for i := range n {
		pivot := i
		for row := i + 1; row < n; row++ {
			if math.Abs(m[row][i]) > math.Abs(m[pivot][i]) {
				pivot = row
			}
		}
		if math.Abs(m[pivot][i]) < 1e-4*scale { // a full neighbourhood has 0.08
			return a, false
		}
		m[i], m[pivot] = m[pivot], m[i]
		for row := range n {
			if row == i {
				continue
			}
			by := m[row][i] / m[i][i]
			for j := i; j < 5; j++ {
				m[row][j] -= by * m[i][j]
			}
		}
	}
	for i := range n {
		a[i] = m[i][4] / m[i][i]
	}
	return a, true
}
