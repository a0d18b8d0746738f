package score

// Totals returns each option's total, the sum of weights[c]*values[o][c] over
// the criteria c. Its score is the total divided by the sum of the weights.
func Totals(weights []int64, values [][]int64) []int64 {
	totals := make([]int64, len(values))
	for o, row := range values {
		totals[o] = dot(weights, row)
	}
	return totals
}

// Ranks returns the competition rank of each total, largest first: equal
// totals share a rank and the next rank is left out, as in 1, 1, 3.
func Ranks(totals []int64) []int {
	ranks := make([]int, len(totals))
	for o, total := range totals {
		ranks[o] = 1
		for _, other := range totals {
			if other > total {
				ranks[o]++
			}
		}
	}
	return ranks
}

// ShownScore returns total/sum in tenths, rounded half up. The sum of the
// weights must be positive.
func ShownScore(total, sum int64) int {
	return int(floorDiv(20*total+sum, 2*sum))
}

// dot returns the sum of the products of two rows of equal length.
func dot(a, b []int64) int64 {
	var sum int64
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

func sum(a []int64) int64 {
	var s int64
	for _, x := range a {
		s += x
	}
	return s
}
