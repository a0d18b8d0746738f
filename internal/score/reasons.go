package score

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
