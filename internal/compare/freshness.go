package compare

import "fmt"

// How many days ahead the site says that something is about to end.
const (
	ReviewDays  = 90  // before a fact is due for review
	SupportDays = 180 // before support for a version ends
)

// Review says how a fact stands to its review date.
type Review string

// What a list of facts may be narrowed to; "" is all of them.
const (
	ReviewOverdue Review = "overdue" // past the date
	ReviewSoon    Review = "soon"    // the date is within ReviewDays
)

// Reviews lists what a list of facts may be narrowed to.
func Reviews() []Review { return []Review{ReviewOverdue, ReviewSoon} }

// Awaits reports whether the fact stands as r says on the given day.
func (f *Fact) Awaits(r Review, today Date) bool {
	switch r {
	case ReviewOverdue:
		return f.Stale(today)
	case ReviewSoon:
		return !f.Stale(today) && !today.Plus(ReviewDays).Before(f.ReviewBy)
	}
	return true
}

// A Freshness counts the facts of a comparison by their review dates.
type Freshness struct {
	Facts   int
	Overdue int
	Soon    int
	Next    Date // the first review date that is not past, "" if all are
}

// Freshness returns how the facts stand on the given day.
func (c *Comparison) Freshness(today Date) Freshness {
	n := Freshness{Facts: len(c.Facts)}
	for i := range c.Facts {
		f := &c.Facts[i]
		switch {
		case f.Awaits(ReviewOverdue, today):
			n.Overdue++
			continue
		case f.Awaits(ReviewSoon, today):
			n.Soon++
		}
		if n.Next == "" || f.ReviewBy.Before(n.Next) {
			n.Next = f.ReviewBy
		}
	}
	return n
}

// Awaiting returns the facts of a topic that stand as r says on the given day.
func (c *Comparison) Awaiting(topic string, r Review, today Date) []*Fact {
	var facts []*Fact
	for _, f := range c.FactsOn(topic) {
		if f.Awaits(r, today) {
			facts = append(facts, f)
		}
	}
	return facts
}

// AnyStale reports whether any of the facts with the given ids is past its
// review date.
func (c *Comparison) AnyStale(ids []string, today Date) bool {
	for _, id := range ids {
		if f := c.Fact(id); f != nil && f.Stale(today) {
			return true
		}
	}
	return false
}

// StaleRow reports whether any fact behind the criterion's ratings is past its
// review date.
func (c *Comparison) StaleRow(row *Criterion, today Date) bool {
	for _, cell := range row.Cells {
		if c.AnyStale(cell.Facts, today) {
			return true
		}
	}
	return false
}

// Ended reports whether support is over on the given day. The day named is the
// last one with support.
func (s Support) Ended(today Date) bool { return s.Ends != "" && s.Ends.Before(today) }

// EndsSoon reports whether support ends on the given day or within SupportDays
// after it.
func (s Support) EndsSoon(today Date) bool {
	return s.Ends != "" && !s.Ended(today) && !today.Plus(SupportDays).Before(s.Ends)
}

// Unsupported returns the options whose support has ended on the given day or
// ends soon after, in their order.
func (c *Comparison) Unsupported(today Date) []Option {
	var options []Option
	for _, o := range c.Options {
		if o.Support.Ended(today) || o.Support.EndsSoon(today) {
			options = append(options, o)
		}
	}
	return options
}

// Plus returns the day n days later, n not negative. No date stays no date.
func (d Date) Plus(n int) Date {
	if !d.Valid() {
		return d
	}
	year, month, day := d.number(0, 4), d.number(5, 7), d.number(8, 10)+n
	for day > daysIn(year, month) {
		day -= daysIn(year, month)
		if month++; month > 12 {
			year, month = year+1, 1
		}
	}
	return Date(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
}
