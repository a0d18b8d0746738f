package score

import "slices"

// A Tally counts what comes of draws: weights and values drawn at random, or
// listed, and the totals they give. It is the counting of SMAA-2, apart from
// any sampling. Make one with [NewTally].
type Tally struct {
	Draws int
	// Unit is the number of credits a draw gives, lcm(1..options), so that
	// options sharing the first place share it in whole numbers.
	Unit    int64
	Credits []int64 // by option
	// Ranks[o][r] counts the draws in which r options were better than o.
	Ranks [][]int64
	// Wins[o][p] counts the draws in which o was better than p.
	Wins [][]int64

	// weights[o] sums up the weights of the draws in which no option was
	// better than o.
	weights [][]int64
	better  []int // by option, within Add
}

// NewTally returns an empty tally for 1 to 24 options and any number of criteria.
func NewTally(options, criteria int) *Tally {
	t := &Tally{
		Unit:    1,
		Credits: make([]int64, options),
		Ranks:   square(options, options),
		Wins:    square(options, options),
		weights: square(options, criteria),
		better:  make([]int, options),
	}
	for n := int64(2); n <= int64(options); n++ {
		t.Unit *= n / gcd(t.Unit, n)
	}
	return t
}

// square returns rows of the given length that share one array.
func square(rows, length int) [][]int64 {
	all := make([]int64, rows*length)
	s := make([][]int64, rows)
	for i := range s {
		s[i] = all[i*length : (i+1)*length : (i+1)*length]
	}
	return s
}

// Add counts one draw: each option's total, and the weights behind them, which
// may be nil where no central weights are wanted.
func (t *Tally) Add(totals, weights []int64) {
	t.Draws++
	if len(totals) == 2 {
		t.addTwo(totals[0], totals[1])
	} else {
		t.addAll(totals)
	}
	if weights != nil {
		t.addWeights(weights)
	}
}

// addDraws is Add for the totals of many draws, one after the other, and no
// weights.
func (t *Tally) addDraws(totals []int64) {
	if len(t.Credits) != 2 {
		for draw := range slices.Chunk(totals, len(t.Credits)) {
			t.Add(draw, nil)
		}
		return
	}
	var more, less int64
	for i := 1; i < len(totals); i += 2 {
		more += int64(one(totals[i-1] > totals[i]))
		less += int64(one(totals[i-1] < totals[i]))
	}
	n := int64(len(totals) / 2)
	t.Draws += int(n)
	t.Wins[0][1] += more
	t.Wins[1][0] += less
	t.Ranks[0][0] += n - less
	t.Ranks[0][1] += less
	t.Ranks[1][0] += n - more
	t.Ranks[1][1] += more
	t.Credits[0] += n + more - less
	t.Credits[1] += n + less - more
}

// reset empties a tally that was given no weights.
func (t *Tally) reset() {
	t.Draws = 0
	clear(t.Credits)
	for o := range t.Ranks {
		clear(t.Ranks[o])
		clear(t.Wins[o])
	}
}

// addTwo is addAll for two options, by far the most common number and several
// times faster.
func (t *Tally) addTwo(a, b int64) {
	more, less := one(a > b), one(a < b)
	t.Wins[0][1] += int64(more)
	t.Wins[1][0] += int64(less)
	t.Ranks[0][less]++
	t.Ranks[1][more]++
	t.Credits[0] += int64(1 + more - less)
	t.Credits[1] += int64(1 + less - more)
	t.better[0], t.better[1] = less, more
}

func (t *Tally) addAll(totals []int64) {
	clear(t.better)
	// Counted without branches, for which option is better in a draw cannot be
	// predicted.
	for o, a := range totals {
		for p, b := range totals[:o] {
			more, less := one(a > b), one(a < b)
			t.Wins[o][p] += int64(more)
			t.Wins[p][o] += int64(less)
			t.better[p] += more
			t.better[o] += less
		}
	}
	first := int64(0)
	for o, better := range t.better {
		t.Ranks[o][better]++
		first += int64(one(better == 0))
	}
	share := t.Unit
	if first > 1 {
		share /= first
	}
	for o, better := range t.better {
		t.Credits[o] += share * int64(one(better == 0))
	}
}

func (t *Tally) addWeights(weights []int64) {
	for o, better := range t.better {
		if better > 0 {
			continue
		}
		for c, w := range weights {
			t.weights[o][c] += w
		}
	}
}

// one returns 1 for true and 0 for false.
func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// CentralWeights returns the mean weight of each criterion over the draws in
// which no option was better than o: the preferences of a typical supporter of
// o. It is nil if there is no such draw.
func (t *Tally) CentralWeights(o int) []Ratio {
	n := t.Ranks[o][0]
	if n == 0 {
		return nil
	}
	mean := make([]Ratio, len(t.weights[o]))
	for c, w := range t.weights[o] {
		mean[c] = newRatio(w, n)
	}
	return mean
}
