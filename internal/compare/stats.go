package compare

import (
	"math"
	"math/big"
	"slices"
)

// MinSamples is how many samples a 95% interval of a median needs: with five,
// even the range from the smallest to the largest covers it only 93.75% of
// the time.
const MinSamples = 6

// A Summary is what a list of samples says about the quantity behind it.
type Summary struct {
	N      int
	Median float64
	// Q1 and Q3 are the quartiles, by linear interpolation between the samples
	// in order: type 7 of Hyndman and Fan, as R and NumPy do by default.
	Q1, Q3 float64
	// Lo to Hi is the 95% interval of the median: two of the samples in order,
	// counted from either end, as near to the middle as a coverage of at least
	// 95% allows. It assumes no distribution. With fewer than [MinSamples]
	// samples it is their range, and [Summary.Covered] is false.
	Lo, Hi float64
}

// Summarize returns the summary of samples, in any order. It is zero for none.
func Summarize(samples []float64) Summary {
	n := len(samples)
	if n == 0 {
		return Summary{}
	}
	sorted := slices.Sorted(slices.Values(samples))
	k := max(1, intervalRank(n))
	return Summary{
		N:      n,
		Median: quantile(sorted, 0.5),
		Q1:     quantile(sorted, 0.25), Q3: quantile(sorted, 0.75),
		Lo: sorted[k-1], Hi: sorted[n-k],
	}
}

// Covered reports whether Lo to Hi covers the median 95% of the time or more.
func (s Summary) Covered() bool { return s.N >= MinSamples }

// intervalRank returns the largest k for which the k-th sample from below and
// the k-th from above hold the median between them at least 95% of the time,
// 0 if there is none. They miss it when fewer than k of n samples fall on one
// side of it, and a sample falls on either side like a coin: the chance of a
// miss is 2·(C(n,0)+…+C(n,k-1))/2ⁿ. Whole numbers keep that exact.
func intervalRank(n int) int {
	all := new(big.Int).Lsh(big.NewInt(1), uint(n))
	missed, k := new(big.Int), 0
	for ; 2*k < n; k++ {
		missed.Add(missed, new(big.Int).Binomial(int64(n), int64(k)))
		if new(big.Int).Mul(missed, big.NewInt(2*20)).Cmp(all) > 0 {
			break
		}
	}
	return k
}

// quantile returns the p-quantile of sorted samples.
func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	below := int(math.Floor(at))
	if below+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[below] + (at-float64(below))*(sorted[below+1]-sorted[below])
}

// A Ratio is how many times one quantity is another.
type Ratio struct {
	Value float64 // one median divided by the other; 0 if there is no ratio, see [Ratio.Defined]
	// Lo to Hi is from the lower end of one interval over the upper end of the
	// other to the upper over the lower. That is wider than a 95% interval of
	// the ratio: it errs on the careful side.
	Lo, Hi float64
	// Clear says that the two intervals do not overlap. If they do, no more may
	// be said than that there is no clear difference.
	Clear bool
}

// Over returns how many times b the quantity behind s is.
func (s Summary) Over(b Summary) Ratio {
	r := Ratio{Clear: s.Covered() && b.Covered() && (s.Hi < b.Lo || b.Hi < s.Lo)}
	if s.Lo <= 0 || b.Lo <= 0 {
		return r
	}
	r.Value, r.Lo, r.Hi = s.Median/b.Median, s.Lo/b.Hi, s.Hi/b.Lo
	return r
}

// Defined reports whether there is a ratio at all. There is none where an
// interval reaches zero: nothing is twice nothing. The difference may be clear
// all the same.
func (r Ratio) Defined() bool { return r.Value > 0 }
