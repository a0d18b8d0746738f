package score

// StabilityInterval returns the range a weight may take, all other weights
// fixed, with the leader still first or joint first. The leader is ahead of
// rival r by margins[r], not negative, and better by diffs[r] on what the
// weight multiplies. SCORING.md section 5.
//
// With weight 1 and what one answer adds to each margin as diffs, it is the
// range of that answer's importance factor.
func StabilityInterval(weight int64, margins, diffs []int64) Interval {
	iv := Interval{Lower: Ratio{0, 1}}
	for r, d := range diffs {
		switch {
		case d > 0:
			if low := newRatio(weight*d-margins[r], d); low.Cmp(iv.Lower) > 0 {
				iv.Lower = low
			}
		case d < 0:
			if high := newRatio(margins[r]-weight*d, -d); iv.Upper == nil || high.Cmp(*iv.Upper) < 0 {
				iv.Upper = &high
			}
		}
	}
	return iv
}

// InShares returns the interval of a raw weight as shares of all weight, the
// other weights adding up to rest. No upper end becomes a share of 1.
func (iv Interval) InShares(rest int64) Interval {
	upper := Ratio{1, 1}
	if iv.Upper != nil {
		upper = share(*iv.Upper, rest)
	}
	return Interval{Lower: share(iv.Lower, rest), Upper: &upper}
}

// share returns x/(x+rest), and 0 where nothing has weight.
func share(x Ratio, rest int64) Ratio {
	if x.Num == 0 {
		return Ratio{0, 1}
	}
	return newRatio(x.Num, x.Num+rest*x.Den)
}
