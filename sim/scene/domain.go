package scene

import (
	"fmt"
	"math"
	"strconv"
)

func (d Domain) size() Vec3 {
	return Vec3{d.Max[0] - d.Min[0], d.Max[1] - d.Min[1], d.Max[2] - d.Min[2]}
}

// overlap is the size of what the box from low to high shares with the domain;
// all zero when they are apart or only touch.
func (d Domain) overlap(low, high Vec3) Vec3 {
	var shared Vec3
	for axis := range shared {
		shared[axis] = math.Min(high[axis], d.Max[axis]) - math.Max(low[axis], d.Min[axis])
		if shared[axis] <= 0 {
			return Vec3{}
		}
	}
	return shared
}

// volumeInside is at least the volume (area, when flat) of the solid inside the
// domain, and 0 when none of it is.
func (d Domain) volumeInside(s solid) float64 {
	shared := d.overlap(s.bounds())
	if s.flat {
		return math.Min(s.volume(), shared[0]*shared[1])
	}
	return math.Min(s.volume(), shared[0]*shared[1]*shared[2])
}

func distanceBetween(a, b Vec3) float64 {
	return length(Vec3{a[0] - b[0], a[1] - b[1], a[2] - b[2]})
}

// roundUp to three digits, so that a suggested spacing is easy to type and does
// what it says.
func roundUp(v float64) float64 {
	scale := math.Pow(10, math.Floor(math.Log10(v))-2)
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(math.Ceil(v/scale)*scale, 'g', 4, 64), 64)
	return rounded
}

// quantity is a length for a hint, to three digits and never rounded up.
func quantity(v float64) string {
	short, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	if short > v {
		scale := math.Pow(10, math.Floor(math.Log10(v))-2)
		short, _ = strconv.ParseFloat(strconv.FormatFloat(math.Floor(v/scale)*scale, 'g', 4, 64), 64)
	}
	return number(short) + " m"
}

func vector(v Vec3) string {
	return fmt.Sprintf("[%s, %s, %s]", number(tidy(v[0])), number(tidy(v[1])), number(tidy(v[2])))
}

// count3 is a large number for reading: "21.5 million".
func count3(n float64) string {
	switch {
	case n >= 1e15:
		return strconv.FormatFloat(n, 'g', 3, 64)
	case n >= 1e9:
		return strconv.FormatFloat(n/1e9, 'f', 1, 64) + " billion"
	case n >= 1e6:
		return strconv.FormatFloat(n/1e6, 'f', 1, 64) + " million"
	}
	return strconv.FormatFloat(n, 'f', 0, 64)
}
