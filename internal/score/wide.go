package score

// Sums of weights up to this fit the packed run: four times it, which is what
// doubled marks on a doubled scale can make of them, fits 16 bits, and that
// times 1024 * 100 fits 32.
const packedSum = (1<<32 - 1) / (1024 * 100) / 4

// A wideRun is a robustness run for sums of weights too large for [trial]: many
// people together. It does the same with one draw at a time in 64 bits.
type wideRun struct {
	*trial
	row []int64 // totals of one draw, by option left
}

// run works through all draws, from the first.
func (w *wideRun) run(draws int) {
	for i := range draws {
		clear(w.row)
		sum := int64(0)
		for _, c := range w.weighed {
			weight := int64(0)
			for _, t := range c.terms {
				weight += int64(t.points * (t.draws[i/4] >> (16 * (i % 4)) & 0xffff))
			}
			sum += weight
			for k, o := range w.left {
				rating := c.ratings[o/2][i/4][i%4] >> (32 * (o % 2)) & 0xffffffff
				w.row[k] += weight * int64(rating)
			}
		}
		for k, total := range w.row {
			w.scores[k*bins+int((10*total+fine/2*sum)/(fine*sum))]++
		}
		w.tally.Add(w.row, nil)
	}
}
