package score

import (
	"cmp"
	"slices"
)

// Leads reports whether one option is ahead: the verdict is close, leans,
// clear or only-one.
func (d *Decision) Leads() bool {
	switch d.Verdict {
	case Close, Leans, Clear, OnlyOne:
		return true
	}
	return false
}

// Leader returns the option that stands first, by its index in the edition. It
// is meaningful if Standings is not empty.
func (d *Decision) Leader() int { return d.Standings[0].Option }

// ScoreOf returns an option's shown score in tenths of a point, 0 to 1000.
func (d *Decision) ScoreOf(option int) int {
	s := d.StandingOf(option)
	if s == nil {
		return 0
	}
	return s.Score
}

// StandingOf returns an option's place, nil if nothing was weighted.
func (d *Decision) StandingOf(option int) *Standing {
	for i := range d.Standings {
		if d.Standings[i].Option == option {
			return &d.Standings[i]
		}
	}
	return nil
}

// Strongest returns up to n criteria that speak most for the given option of
// the pair, strongest first; equal ones in edition order.
func (p *Pair) Strongest(option, n int) []Part {
	sign := int64(1)
	if option == p.B {
		sign = -1
	}
	var parts []Part
	for _, part := range p.Criteria {
		if sign*part.Exact > 0 {
			parts = append(parts, part)
		}
	}
	slices.SortStableFunc(parts, func(a, b Part) int { return cmp.Compare(sign*b.Exact, sign*a.Exact) })
	return parts[:min(n, len(parts))]
}

// Largest returns the size of the largest shown part, in tenths: the scale to
// draw them by.
func Largest(parts []Part) int {
	size := 0
	for _, part := range parts {
		size = max(size, part.Tenths, -part.Tenths)
	}
	return size
}

// Excluded returns the options that must rules exclude, in the order of Standings.
func (d *Decision) Excluded() []Standing {
	var out []Standing
	for _, s := range d.Standings {
		if len(s.Excluded) > 0 {
			out = append(out, s)
		}
	}
	return out
}
