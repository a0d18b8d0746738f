package main

import "slices"

// A spread is the middle of several values and the quartiles around it.
type spread struct {
	Low    float64 `json:"low"`
	Median float64 `json:"median"`
	High   float64 `json:"high"`
}

// spreadOf returns the spread of at least one value.
func spreadOf(values []float64) spread {
	s := slices.Sorted(slices.Values(values))
	return spread{Low: quantile(s, 0.25), Median: quantile(s, 0.5), High: quantile(s, 0.75)}
}

// quantile returns the value below which the share q of the sorted values
// lies, in between two of them where need be.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// ratios divides value by value. Values of one round belong together: what
// disturbed the machine then disturbed both.
func ratios(of, to []float64) []float64 {
	out := make([]float64, min(len(of), len(to)))
	for i := range out {
		out[i] = of[i] / to[i]
	}
	return out
}
