package ref

// Neighbours lists, for each point, the others closer than h: every pair
// tried, none assumed. A pair at exactly h is not a pair, since W is zero there.
func Neighbours(x []Vec, h float64) [][]int {
	out := make([][]int, len(x))
	for i := range x {
		for j := range x {
			away := x[i].minus(x[j])
			if i != j && away.dot(away) < h*h {
				out[i] = append(out[i], j)
			}
		}
	}
	return out
}
