package score

// Dominates reports whether a is at least as good as b on every criterion that
// has weight, and better on one. Weights only choose the criteria here.
func Dominates(weights, a, b []int64) bool {
	better := false
	for c, w := range weights {
		if w <= 0 {
			continue
		}
		if a[c] < b[c] {
			return false
		}
		better = better || a[c] > b[c]
	}
	return better
}

// StrictlyDominates reports whether a is better than b on every criterion that
// has weight, and there is one.
func StrictlyDominates(weights, a, b []int64) bool {
	weighted := false
	for c, w := range weights {
		if w <= 0 {
			continue
		}
		if a[c] <= b[c] {
			return false
		}
		weighted = true
	}
	return weighted
}

// CertainlyAtLeast reports whether even the low end of a's band reaches the
// high end of b's on every criterion that has weight.
func CertainlyAtLeast(weights, aLow, bHigh []int64) bool {
	for c, w := range weights {
		if w > 0 && aLow[c] < bHigh[c] {
			return false
		}
	}
	return true
}
