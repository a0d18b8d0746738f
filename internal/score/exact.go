package score

import "slices"

const (
	// maxExact is the largest number of answers whose variations are counted.
	maxExact = 20
	// maxSpread bounds the sums of half of the answers that are counted in a
	// table. Checked editions stay under it: 10 answers, each of at most 4 *
	// 10 points * 100, times 3.
	maxSpread = 1 << 17
)

// ExactPair counts in how many ways one option is ahead of another when every
// answer's importance is halved, kept or doubled, each answer on its own.
// parts holds what each answer adds to the margin. With more than 20 answers
// there are too many ways, and it returns nil. SCORING.md section 6.
func ExactPair(parts []int64) *ExactShare {
	share, few := exactPair(parts, new([]uint32))
	if !few {
		return nil
	}
	return &share
}

// exactPair also reports whether the answers are few enough. The tables are room
// to work in.
func exactPair(parts []int64, tables *[]uint32) (share ExactShare, few bool) {
	if len(parts) > maxExact {
		return ExactShare{}, false
	}
	counted := make([]int64, 0, maxExact)
	var divisor int64
	idle := int64(1) // ways to vary the answers that add nothing
	for _, p := range parts {
		if p == 0 {
			idle *= 3
			continue
		}
		counted = append(counted, p)
		divisor = gcd(divisor, p)
	}
	for i := range counted {
		counted[i] /= divisor
	}
	middle := len(counted) / 2
	wins, ties := countSums(counted[:middle], counted[middle:], tables)
	total := idle
	for range counted {
		total *= 3
	}
	return ExactShare{Wins: wins * idle, Ties: ties * idle, Total: total}, true
}

// countSums counts the pairs of one sum of each half that come to more than 0,
// and to 0.
func countSums(left, right []int64, tables *[]uint32) (positive, zero int64) {
	if spread(left) <= maxSpread && spread(right) <= maxSpread {
		return countTables(left, right, tables)
	}
	return countSorted(sums(left), sums(right))
}

// spread returns the distance from the least to the largest sum. A part p
// counts p, 2p or 4p, that is twice its halved, kept and doubled self.
func spread(parts []int64) int64 {
	var s int64
	for _, p := range parts {
		s += 3 * max(p, -p)
	}
	return s
}

// countTables finds the counts from tables of how often each sum comes up.
// Sums of real answers are small and repeat, so the tables are far shorter
// than the lists of all sums.
func countTables(left, right []int64, room *[]uint32) (positive, zero int64) {
	middle := spread(left) + 1
	tables := slices.Grow((*room)[:0], int(middle+spread(right)+1))[:middle+spread(right)+1]
	clear(tables)
	*room = tables
	l, r := tables[:middle], tables[middle:]
	lowest := fillSums(l, left) + fillSums(r, right)
	// The sum of entries i and j is lowest+i+j: zero at this j, which falls as i
	// rises, and positive for those above it.
	j := -lowest
	above := int64(0)
	for k := max(0, j+1); k < int64(len(r)); k++ {
		above += int64(r[k])
	}
	for _, n := range l {
		positive += int64(n) * above
		if j >= 0 && j < int64(len(r)) {
			zero += int64(n) * int64(r[j])
			above += int64(r[j])
		}
		j--
	}
	return positive, zero
}

// fillSums fills a table of zeros, one longer than the spread, with how often
// each sum comes up, and returns the sum that entry 0 stands for.
func fillSums(table []uint32, parts []int64) (lowest int64) {
	table[0] = 1
	top := int64(0)
	for _, p := range parts {
		// Above the lowest of p, 2p and 4p lie the other two by this much.
		near, far := p, 3*p
		lowest += p
		if p < 0 {
			near, far = -2*p, -3*p
			lowest += 3 * p
		}
		top += far
		addShifted(table[:top+1], near, far)
	}
	return lowest
}

// addShifted adds to every entry those that lie near and far below it. It
// goes down, so that it reads entries not yet changed.
func addShifted(table []uint32, near, far int64) {
	i := int64(len(table)) - 1
	for ; i >= far; i-- {
		table[i] += table[i-near] + table[i-far]
	}
	for ; i >= near; i-- {
		table[i] += table[i-near]
	}
}

// sums returns all sums of the parts, each counted p, 2p or 4p times, sorted.
func sums(parts []int64) []int64 {
	all := []int64{0}
	for _, p := range parts {
		n := len(all)
		for _, s := range all[:n] {
			all = append(all, s+2*p, s+4*p)
		}
		for i := range n {
			all[i] += p
		}
	}
	slices.Sort(all)
	return all
}

// countSorted finds the counts with two pointers that fall as left rises.
func countSorted(left, right []int64) (positive, zero int64) {
	above, notBelow := len(right), len(right)
	for _, l := range left {
		for above > 0 && right[above-1]+l > 0 {
			above--
		}
		for notBelow > 0 && right[notBelow-1]+l >= 0 {
			notBelow--
		}
		positive += int64(len(right) - above)
		zero += int64(above - notBelow)
	}
	return positive, zero
}
