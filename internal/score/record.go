package score

import "tiebreak/internal/compare"

// What a record has room for; what is more gets memory of its own.
const (
	usualOptions = 2
	usualFlips   = 16 // of answers given; each question not answered has one more
	usualRules   = 8
)

// A record is the memory one decision is written in. Every place in it is given
// away once and never taken back, so what a decision holds never changes.
type record struct {
	decision  Decision
	numbers   []int64
	standings []Standing
	rules     []Rule
	pairs     []Pair
	parts     []Part
	shares    []ExactShare
	ratios    []Ratio
	options   []Acceptability
	intervals []Interval
	open      []Open
	flips     []Flip
	changes   []Change
}

// newRecord returns a record in one piece of memory, with room for all that most
// decisions between two options hold.
func newRecord() *record {
	m := new(struct {
		record
		numbers   [compare.MaxCriteria + usualOptions]int64
		standings [usualOptions]Standing
		rules     [usualRules]Rule
		pairs     [usualOptions - 1]Pair
		parts     [compare.MaxCriteria + compare.MaxSlots]Part
		shares    [usualOptions - 1]ExactShare
		ratios    [2 + 2*compare.MaxCriteria + compare.MaxSlots]Ratio
		options   [usualOptions]Acceptability
		intervals [2*compare.MaxCriteria + compare.MaxSlots]Interval
		open      [compare.MaxSlots]Open
		flips     [usualFlips + compare.MaxSlots]Flip
		changes   [usualFlips + compare.MaxSlots]Change
	})
	m.record = record{
		numbers: m.numbers[:], standings: m.standings[:], rules: m.rules[:], pairs: m.pairs[:],
		parts: m.parts[:], shares: m.shares[:], ratios: m.ratios[:], options: m.options[:],
		intervals: m.intervals[:], open: m.open[:], flips: m.flips[:], changes: m.changes[:],
	}
	return &m.record
}

// take gives away n places of those left.
func take[T any](left *[]T, n int) []T {
	if n > len(*left) {
		return make([]T, n)
	}
	places := (*left)[:n:n]
	*left = (*left)[n:]
	return places
}

// keep writes a list worked out elsewhere into places of its own, nil if it is
// empty.
func keep[T any](left *[]T, list []T) []T {
	if len(list) == 0 {
		return nil
	}
	places := take(left, len(list))
	copy(places, list)
	return places
}

// keepOne writes one value into a place of its own, nil if there is none.
func keepOne[T any](left *[]T, value T, is bool) *T {
	if !is {
		return nil
	}
	place := &take(left, 1)[0]
	*place = value
	return place
}
