package gpu

import (
	"encoding/binary"
	"math"
)

// periods of the clocks that graphics hardware really has, in nanoseconds a tick. A measured period close to one of
// them is that one.
var periods = []float64{1, 10, 1000 / 12.0, 1000 / 12.5, 1000 / 19.2, 1000 / 24.0, 1000 / 25.0, 1000 / 26.0,
	1000 / 27.0, 1000 / 38.4, 32}

// snap rounds a measured period to the nearest known one, if that is within 3 %.
func snap(measured float64) float64 {
	best, off := measured, 0.03
	for _, p := range periods {
		if away := math.Abs(measured/p - 1); away < off {
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
