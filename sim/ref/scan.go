package ref

// ScanBlocks replaces the values of every block of 1,024 by their exclusive
// prefix sums, and gives each block's total. uint32 sums wrap, as on the GPU.
func ScanBlocks(values []uint32) (sums []uint32) {
	for first := 0; first < len(values); first += scanBlock {
		block := values[first:min(first+scanBlock, len(values))]
		sums = append(sums, PrefixSum(block))
	}
	return sums
}

// ScanAdd adds to every value the sum of its block.
func ScanAdd(values, sums []uint32) {
	for k := range values {
		values[k] += sums[k/scanBlock]
	}
}

// PrefixSum replaces each value by the sum of those before it and gives the
// sum of all: what ScanBlocks and ScanAdd over several levels come to.
func PrefixSum(values []uint32) (total uint32) {
	for k, v := range values {
		values[k] = total
		total += v
	}
	return total
}
