package gpu

import (
	"fmt"
	"slices"
	"time"
)

// Stopwatch measures on the clock how long work takes that encode appends so many times to an encoder [s]: the median over
// some trials of what several more take than one, so that what a submit costs by itself falls out. For measurements only: it
// waits for the device.
func (d *Device) Stopwatch(encode func(e *Encoder, times int)) (float64, error) {
	const trials = 5
	once := func(times int) (float64, error) {
		e, err := d.NewEncoder("stopwatch")
		if err != nil {
			return 0, err
		}
		encode(e, times)
		began := time.Now()
		if err := e.Submit(); err != nil {
			return 0, err
		}
		if err := d.Wait(); err != nil {
			return 0, err
		}
		return time.Since(began).Seconds(), nil
	}
	// Work that is too short to be told from the clock's own unrest is made longer.
	for more := 4; more <= 1024; more *= 4 {
		var list []float64
		for k := range trials + 1 {
			few, err := once(1)
			if err != nil {
				return 0, err
			}
			many, err := once(1 + more)
			if err != nil {
				return 0, err
			}
			if k > 0 { // the first warms up
				list = append(list, (many-few)/float64(more))
			}
		}
		slices.Sort(list)
		if list[0] > 0 {
			return list[trials/2], nil
		}
	}
	return 0, fmt.Errorf("the work is too short to be measured")
}
