package score

import (
	"math"
	"testing"

	"tiebreak/internal/compare"
)

func TestValue(t *testing.T) {
	rising := []compare.Breakpoint{{X: "0", Y: 0}, {X: "100", Y: 60}, {X: "1000", Y: 100}}
	falling := []compare.Breakpoint{{X: "0.5", Y: 100}, {X: "2.5", Y: 0}}
	for _, tt := range []struct {
		scale []compare.Breakpoint
		x     string
		want  int
	}{
		{rising, "-3", 0},
		{rising, "0", 0},
		{rising, "50", 30},
		{rising, "100", 60},
		{rising, "1000", 100},
		{rising, "1000.001", 100},
		// 60 + 40*(x-100)/900 is 60.5 at 111.25.
		{rising, "111.25", 61},
		{rising, "111.2499999999999999999999", 60},
		{falling, "0.1", 100},
		{falling, "1.5", 50},
		{falling, "0.51", 100},
		{falling, "0.5100000000000000001", 99},
	} {
		got, err := Value(tt.scale, tt.x)
		if err != nil || got != tt.want {
			t.Errorf("Value(%v, %s) = %d, %v, want %d", tt.scale, tt.x, got, err, tt.want)
		}
	}
}

func TestValueErrors(t *testing.T) {
	ok := []compare.Breakpoint{{X: "0", Y: 0}, {X: "1", Y: 10}}
	for _, tt := range []struct {
		scale []compare.Breakpoint
		x     string
		want  string
	}{
		{ok, "", `"" is not a decimal number`},
		{ok, "1/3", `"1/3" is not a decimal number`},
		{ok, "1e9", `"1e9" is not a decimal number`},
		{ok, "1.2.3", `"1.2.3" is not a decimal number`},
		{ok, "1-", `"1-" is not a decimal number`},
		{ok[:1], "1", "value function: 1 x and 1 y, want two or more of each"},
		{[]compare.Breakpoint{{X: "1", Y: 0}, {X: "1.0", Y: 10}}, "1", "value function: x does not rise from 1 to 1.0"},
		{[]compare.Breakpoint{{X: "x", Y: 0}, {X: "1", Y: 10}}, "1", `value function, breakpoint 0: "x" is not a decimal number`},
		{[]compare.Breakpoint{{X: "0", Y: 0}, {X: "1", Y: 10}, {X: "2", Y: 10}, {X: "3", Y: 9}}, "1", "value function: y turns round at 10"},
	} {
		_, err := Value(tt.scale, tt.x)
		if err == nil || err.Error() != tt.want {
			t.Errorf("Value(%v, %q): error %v, want %s", tt.scale, tt.x, err, tt.want)
		}
	}
}

func TestRanks(t *testing.T) {
	check(t, "ranks", Ranks([]int64{2150, 2200, 2200, -1}), []int{3, 1, 1, 4})
	check(t, "none", Ranks(nil), []int{})
}

func TestRatioCmp(t *testing.T) {
	const huge = math.MaxInt64
	ratios := []Ratio{ // rising
		{math.MinInt64, 1},
		{-huge, 1},
		{-huge, huge - 1},
		{-1, 1},
		{-1, huge},
		{0, 1},
		{1, huge},
		{1, huge - 1},
		{huge - 1, huge},
		{1, 1},
		{huge, huge - 1},
		{huge, 1},
	}
	for i, x := range ratios {
		for j, y := range ratios {
			want := one(i > j) - one(i < j)
			if got := x.Cmp(y); got != want {
				t.Errorf("%v.Cmp(%v) = %d, want %d", x, y, got, want)
			}
		}
	}
	check(t, "lowest terms", newRatio(6, -4), Ratio{-3, 2})
	check(t, "zero", newRatio(0, 7), Ratio{0, 1})
}

func TestFlipDistanceEnds(t *testing.T) {
	weights := []int64{1, 2}
	for _, tt := range []struct {
		what string
		a, b []int64
		want *Ratio
	}{
		{"b nowhere better", []int64{3, 3}, []int64{3, 1}, nil},
		{"level", []int64{2, 0}, []int64{0, 1}, ratio(0, 1)},
		{"b ahead", []int64{1, 0}, []int64{0, 9}, ratio(0, 1)},
		// d = 9, -3 and D = 3: 3/12 of the weight 1 moves, of 3 in all.
		{"a quarter of the first", []int64{9, 0}, []int64{0, 3}, ratio(1, 12)},
		// d = 9, -1 and D = 7: 7/10 of the weight 1 moves, of 3 in all.
		{"part of the first", []int64{9, 9}, []int64{0, 10}, ratio(7, 30)},
	} {
		check(t, tt.what, FlipDistance(weights, tt.a, tt.b), tt.want)
	}
	// d = 9, 4, -1 and D = 13: all of the first gives 10, 3/5 of the second the rest.
	check(t, "two criteria", FlipDistance([]int64{1, 1, 0}, []int64{9, 4, 0}, []int64{0, 0, 1}), ratio(4, 5))
	// d = 9, 2, -1 and D = 11: the first gives 10, just short of it.
	check(t, "just short", FlipDistance([]int64{1, 1, 0}, []int64{9, 2, 0}, []int64{0, 0, 1}), ratio(2, 3))
}

func TestEvidenceToleranceEnds(t *testing.T) {
	weights, zero, one := []int64{1, 2}, []int64{0, 0}, []int64{1, 1}
	check(t, "no bands", EvidenceTolerance(weights, []int64{3, 3}, zero, one, zero), (*Ratio)(nil))
	check(t, "behind", EvidenceTolerance(weights, one, one, []int64{3, 3}, zero), ratio(0, 1))
	check(t, "ahead", EvidenceTolerance(weights, []int64{3, 3}, one, one, one), ratio(1, 1))
}

func TestDominanceFunctions(t *testing.T) {
	weights := []int64{1, 0, 2}
	better, same := []int64{2, 0, 2}, []int64{2, 9, 2}
	worse, mixed := []int64{1, 9, 1}, []int64{1, 9, 3}
	for _, tt := range []struct {
		a, b         []int64
		weak, strict bool
	}{
		{better, same, false, false},
		{better, worse, true, true},
		{worse, better, false, false},
		{better, mixed, false, false},
		{mixed, worse, true, false},
	} {
		if got := Dominates(weights, tt.a, tt.b); got != tt.weak {
			t.Errorf("Dominates(%v, %v) = %t, want %t", tt.a, tt.b, got, tt.weak)
		}
		if got := StrictlyDominates(weights, tt.a, tt.b); got != tt.strict {
			t.Errorf("StrictlyDominates(%v, %v) = %t, want %t", tt.a, tt.b, got, tt.strict)
		}
	}
	if StrictlyDominates([]int64{0}, []int64{1}, []int64{0}) {
		t.Error("an option dominates without any weight")
	}
	if !CertainlyAtLeast(weights, better, same) || CertainlyAtLeast(weights, worse, same) {
		t.Error("CertainlyAtLeast is wrong")
	}
}

func TestExactPairLimits(t *testing.T) {
	if got := ExactPair(make([]int64, maxExact+1)); got != nil {
		t.Errorf("ExactPair of %d answers = %+v, want nil", maxExact+1, got)
	}
	check(t, "nothing", ExactPair(nil), &ExactShare{0, 1, 1})
	all := int64(3_486_784_401) // 3^20
	parts := make([]int64, maxExact)
	check(t, "all zero", ExactPair(parts), &ExactShare{0, all, all})
	for i := range parts {
		parts[i] = 4000
	}
	check(t, "all for it", ExactPair(parts), &ExactShare{all, 0, all})
	for i := range parts {
		parts[i] = int64(i%2*2-1) * 4000
	}
	s := ExactPair(parts)
	if 2*s.Wins+s.Ties != all || s.Total != all {
		t.Errorf("balanced: %+v is not symmetric", *s)
	}
}

// The table and the sorted lists count alike, also where brute force is slow.
func TestExactPairBothWays(t *testing.T) {
	forCases(t, 100, func(t *testing.T, g gen) {
		parts := make([]int64, g.between(0, 16))
		for i := range parts {
			parts[i] = int64(g.between(1, 200) * (1 - 2*g.IntN(2)))
		}
		left, right := parts[:len(parts)/2], parts[len(parts)/2:]
		wins, ties := countTables(left, right, new([]uint32))
		sortedWins, sortedTies := countSorted(sums(left), sums(right))
		mustEqual(t, []int64{sortedWins, sortedTies}, []int64{wins, ties})
	})
}

func TestWholeSpaceShareKnown(t *testing.T) {
	for _, tt := range []struct {
		diffs []int64
		want  float64
	}{
		{nil, 0},
		{[]int64{0, 0}, 0},
		{[]int64{-1, 0}, 0},
		{[]int64{5, 0}, 1},
		{[]int64{5, 7}, 1},
		{[]int64{1, -1}, 0.5},
		{[]int64{3, -1}, 0.75},
		{[]int64{1, 0, -3}, 0.25},
		// One criterion against two: P^2 / ((P+N1)(P+N2)).
		{[]int64{2, -1, -3}, 4.0 / 15},
		{[]int64{-2, 1, 3}, 11.0 / 15},
	} {
		if got := WholeSpaceShare(tt.diffs); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("WholeSpaceShare(%v) = %v, want %v", tt.diffs, got, tt.want)
		}
	}
}
