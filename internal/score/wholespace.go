package score

// WholeSpaceShare returns the share of all weightings, uniform on the simplex,
// for which an option beats another that it differs from by diffs on the
// criteria. It is 0 where nothing is positive, and good to 1e-12. SCORING.md
// section 5, after Varsi 1973 and Ali 1973.
func WholeSpaceShare(diffs []int64) float64 {
	var ahead, behind []float64
	for _, d := range diffs {
		switch {
		case d > 0:
			ahead = append(ahead, float64(d))
		case d < 0:
			behind = append(behind, -float64(d))
		}
	}
	if len(ahead) == 0 {
		return 0
	}
	// q[k] is Q(j,k) of the paper for the row j reached, by k.
	q := make([]float64, len(ahead)+1)
	for k := range ahead {
		q[k+1] = 1
	}
	for _, n := range behind {
		q[0] = 0
		for k, p := range ahead {
			// The conversions keep a processor from fusing the sum, so that
			// all print the same digits.
			q[k+1] = (float64(p*q[k+1]) + float64(n*q[k])) / (p + n)
		}
	}
	return q[len(ahead)]
}
