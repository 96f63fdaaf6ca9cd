package gpu

import (
	"encoding/binary"
	"math"
)

// periods of the clocks that graphics hardware really has, in nanoseconds a tick.
var periods = []float64{1, 10, 32, 1000 / 12.0, 1000 / 12.5, 1000 / 19.2, 1000 / 24.0, 1000 / 25.0, 1000 / 26.0,
	1000 / 27.0, 1000 / 38.4}

// between chooses the period that was measured to lie from low to high: the known one nearest to the middle, or the
// middle if the interval, widened by what a clock may be wrong, has none.
func between(low, high float64) float64 {
	middle := math.Sqrt(low * high)
	best, off := middle, math.Inf(1)
	for _, p := range periods {
		if away := math.Abs(math.Log(p / middle)); p > 0.99*low && p < 1.01*high && away < off {
			best, off = p, away
		}
	}
	return best
}

// deltas turns resolved ticks into the milliseconds between neighbouring marks. A clock that ran backwards or was
// not written gives 0.
func deltas(raw []byte, period float64) []float64 {
	n := len(raw) / 8
	if n < 2 {
		return nil
	}
	out := make([]float64, n-1)
	before := binary.LittleEndian.Uint64(raw)
	for i := range out {
		now := binary.LittleEndian.Uint64(raw[8*(i+1):])
		if now > before && before != 0 {
			out[i] = float64(now-before) * period / 1e6
		}
		before = now
	}
	return out
}
