package score

import (
	"cmp"
	"slices"

	"tiebreak/internal/compare"
)

// Contributions returns what each criterion c adds to the margin of a over b,
// weights[c]*(a[c]-b[c]). They add up to the difference of the two totals.
func Contributions(weights, a, b []int64) []int64 {
	return contributions(make([]int64, 0, len(weights)), weights, a, b)
}

// contributions appends what [Contributions] returns.
func contributions(parts, weights, a, b []int64) []int64 {
	for c, w := range weights {
		parts = append(parts, w*(a[c]-b[c]))
	}
	return parts
}

// ShownContributions returns parts divided by the sum of the weights, in
// tenths, rounded so that they add up to the shown margin: each is rounded
// down, and the tenths then missing go to the largest remainders, the first of
// equal ones. A part of 0 is shown as 0, and none is a tenth or more away from
// its true value.
//
// The margin must be the difference of two [ShownScore] results whose totals
// differ by the sum of the parts. SCORING.md section 4.
func ShownContributions(parts []int64, sum int64, margin int) []int {
	return shownContributions(make([]int, 0, len(parts)), parts, sum, margin)
}

// shownContributions appends what [ShownContributions] returns to an empty list.
func shownContributions(shown []int, parts []int64, sum int64, margin int) []int {
	missing := margin
	for i, p := range parts {
		shown = append(shown, int(floorDiv(10*p, sum)))
		missing -= shown[i]
	}
	if missing == 0 {
		return shown
	}
	// Within the limits of a checked edition it stays off the heap.
	var places [compare.MaxCriteria]int
	order := places[:0]
	for i := range parts {
		order = append(order, i)
	}
	remainder := func(i int) int64 { return 10*parts[i] - int64(shown[i])*sum }
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(remainder(j), remainder(i)) })
	for _, i := range order[:missing] {
		// The order is already made, so changing shown is safe here.
		shown[i]++
	}
	return shown
}
