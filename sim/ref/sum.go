package ref

import "math"

// Sum is a sum together with the size of its terms. Adding n numbers in
// float32, in any order, errs by at most n 2^-24 Size to first order, so Size
// is the yardstick that the GPU's result is judged by.
//
// Source: Higham (2002), Accuracy and Stability of Numerical Algorithms, 4.2.
type Sum struct{ Value, Size float64 }

// Add adds a term that is exact but for rounding.
func (s *Sum) Add(term float64) { s.AddSized(term, math.Abs(term)) }

// AddSized adds a term whose own rounding scales with `size` rather than with
// its value, because it came out of a subtraction.
func (s *Sum) AddSized(term, size float64) {
	s.Value += term
	s.Size += size
}
