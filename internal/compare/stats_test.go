package compare

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// upTo returns the numbers from 1 to n, the largest first.
func upTo(n int) []float64 {
	samples := make([]float64, n)
	for i := range samples {
		samples[i] = float64(n - i)
	}
	return samples
}

func TestSummarize(t *testing.T) {
	tests := []struct {
		n       int
		want    Summary
		covered bool
	}{
		{0, Summary{}, false},
		{1, Summary{N: 1, Median: 1, Q1: 1, Q3: 1, Lo: 1, Hi: 1}, false},
		{2, Summary{N: 2, Median: 1.5, Q1: 1.25, Q3: 1.75, Lo: 1, Hi: 2}, false},
		{5, Summary{N: 5, Median: 3, Q1: 2, Q3: 4, Lo: 1, Hi: 5}, false},
		// The ranks of the tables for the sign test.
		{6, Summary{N: 6, Median: 3.5, Q1: 2.25, Q3: 4.75, Lo: 1, Hi: 6}, true},
		{8, Summary{N: 8, Median: 4.5, Q1: 2.75, Q3: 6.25, Lo: 1, Hi: 8}, true},
		{9, Summary{N: 9, Median: 5, Q1: 3, Q3: 7, Lo: 2, Hi: 8}, true},
		{20, Summary{N: 20, Median: 10.5, Q1: 5.75, Q3: 15.25, Lo: 6, Hi: 15}, true},
		{30, Summary{N: 30, Median: 15.5, Q1: 8.25, Q3: 22.75, Lo: 10, Hi: 21}, true},
		{101, Summary{N: 101, Median: 51, Q1: 26, Q3: 76, Lo: 41, Hi: 61}, true},
		{2001, Summary{N: 2001, Median: 1001, Q1: 501, Q3: 1501, Lo: 957, Hi: 1045}, true},
	}
	for _, tt := range tests {
		got := Summarize(upTo(tt.n))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Summarize of %d differs (-want +got):\n%s", tt.n, diff)
		}
		if got.Covered() != tt.covered {
			t.Errorf("Covered of %d = %v, want %v", tt.n, got.Covered(), tt.covered)
		}
	}
}

func TestOver(t *testing.T) {
	between := func(lo, median, hi float64) Summary {
		return Summary{N: 20, Median: median, Lo: lo, Hi: hi}
	}
	few := between(1, 2, 3)
	few.N = 5
	tests := []struct {
		name string
		a, b Summary
		want Ratio
	}{
		{"more", between(8, 10, 12), between(2, 4, 5), Ratio{Value: 2.5, Lo: 1.6, Hi: 6, Clear: true}},
		{"less", between(2, 4, 5), between(8, 10, 12), Ratio{Value: 0.4, Lo: 2.0 / 12, Hi: 0.625, Clear: true}},
		{"overlapping", between(2, 4, 5), between(5, 8, 10), Ratio{Value: 0.5, Lo: 0.2, Hi: 1}},
		{"too few", few, between(8, 10, 16), Ratio{Value: 0.2, Lo: 0.0625, Hi: 0.375}},
		{"over nothing", between(2, 4, 5), between(0, 0, 1), Ratio{Clear: true}},
		{"nothing", between(0, 1, 5), between(1, 1, 1), Ratio{}},
	}
	for _, tt := range tests {
		got := tt.a.Over(tt.b)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: Over differs (-want +got):\n%s", tt.name, diff)
		}
		if got.Defined() != (tt.want.Value != 0) {
			t.Errorf("%s: Defined = %v", tt.name, got.Defined())
		}
	}
}

func TestFigure(t *testing.T) {
	tests := []struct {
		x             float64
		figure, times string
	}{
		{0, "0", "0"},
		{0.004512, "0.00451", "0.0045"},
		{0.5, "0.5", "0.5"},
		{0.987, "0.987", "0.987"},
		{1.0256, "1.03", "1.03"},
		{1.999, "2", "2.0"},
		{9.96, "9.96", "10"},
		{12.345, "12.3", "12"},
		{99.6, "99.6", "100"},
		{131.4, "131", "131"},
		{1234.5, "1,230", "1,230"},
		{47917, "47,900", "47,900"},
		{1234567, "1,230,000", "1,230,000"},
		{-1234, "-1,230", "-1,200"},
	}
	for _, tt := range tests {
		if got := Figure(tt.x); got != tt.figure {
			t.Errorf("Figure(%v) = %q, want %q", tt.x, got, tt.figure)
		}
		if got := Times(tt.x); got != tt.times {
			t.Errorf("Times(%v) = %q, want %q", tt.x, got, tt.times)
		}
	}
	if got := Thousands(123456); got != "123,456" {
		t.Errorf("Thousands = %q", got)
	}
}
