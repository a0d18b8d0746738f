package score

// StabilityInterval returns the range a weight may take, all other weights
// fixed, with the leader still first or joint first. The leader is ahead of
// rival r by margins[r], not negative, and better by diffs[r] on what the
// weight multiplies. SCORING.md section 5.
//
// With weight 1 and what one answer adds to each margin as diffs, it is the
// range of that answer's importance factor.
func StabilityInterval(weight int64, margins, diffs []int64) Interval {
	return endsOf(weight, margins, diffs).interval(new([]Ratio))
}

// InShares returns the interval of a raw weight as shares of all weight, the
// other weights adding up to rest. No upper end becomes a share of 1.
func (iv Interval) InShares(rest int64) Interval {
	e := ends{lower: iv.Lower, endless: iv.Upper == nil}
	if !e.endless {
		e.upper = *iv.Upper
	}
	return e.inShares(rest).interval(new([]Ratio))
}

// ends are an [Interval] without a pointer in it.
type ends struct {
	lower, upper Ratio
	endless      bool // there is no upper end
}

// endless are the ends of what may be anything from 0 on.
func endless() ends { return ends{lower: Ratio{0, 1}, endless: true} }

func endsOf(weight int64, margins, diffs []int64) ends {
	e := endless()
	for r, d := range diffs {
		e.narrow(weight, margins[r], d)
	}
	return e
}

// narrow leaves what keeps a leader level with or ahead of one rival: it is ahead
// by the margin, and by diff more with every unit of weight.
func (e *ends) narrow(weight, margin, diff int64) {
	switch {
	case diff > 0:
		if low := newRatio(weight*diff-margin, diff); low.Cmp(e.lower) > 0 {
			e.lower = low
		}
	case diff < 0:
		if high := newRatio(margin-weight*diff, -diff); e.endless || high.Cmp(e.upper) < 0 {
			e.upper, e.endless = high, false
		}
	}
}

func (e ends) inShares(rest int64) ends {
	upper := Ratio{1, 1}
	if !e.endless {
		upper = share(e.upper, rest)
	}
	return ends{lower: share(e.lower, rest), upper: upper}
}

// interval puts the upper end behind those already there.
func (e ends) interval(uppers *[]Ratio) Interval {
	if e.endless {
		return Interval{Lower: e.lower}
	}
	*uppers = append(*uppers, e.upper)
	return Interval{Lower: e.lower, Upper: &(*uppers)[len(*uppers)-1]}
}

// share returns x/(x+rest), and 0 where nothing has weight.
func share(x Ratio, rest int64) Ratio {
	if x.Num == 0 {
		return Ratio{0, 1}
	}
	return newRatio(x.Num, x.Num+rest*x.Den)
}
