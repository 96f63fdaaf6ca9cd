package scene

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// nearest is the candidate that was probably meant by name, or "": one with a
// typing error for every three letters at most.
func nearest(name string, candidates []string) string {
	if len(name) > 64 {
		return ""
	}
	best, bestDistance := "", max(len(name)/3, 1)
	if len(name) < 3 {
		bestDistance = 0
	}
	name = strings.ToLower(name)
	for _, c := range candidates {
		lower := strings.ToLower(c)
		d := levenshtein.ComputeDistance(name, lower)
		if swapped(name, lower) {
			d = 0 // the commonest error of all, and two by Levenshtein's count
		}
		if d < bestDistance || d == bestDistance && best == "" {
			best, bestDistance = c, d
		}
	}
	return best
}

// swapped tells whether two letters side by side are all that differs.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 1; i < len(a); i++ {
		if a[i-1] != b[i-1] {
			return a[i-1] == b[i] && a[i] == b[i-1] && a[i+1:] == b[i+1:]
		}
	}
	return false
}
