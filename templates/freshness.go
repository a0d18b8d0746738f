package templates

import (
	"tiebreak/internal/compare"
	"tiebreak/internal/contact"
)

// overdueText counts the facts past their review dates.
func overdueText(n compare.Freshness) string {
	return compare.Thousands(n.Overdue) + " of " + count(n.Facts, "fact", "facts") + " " + noun(n.Overdue, "is", "are") +
		" past " + noun(n.Overdue, "its", "their") + " review date"
}

// soonText counts the facts that will be past their review dates before long.
func soonText(n compare.Freshness) string {
	return compare.Thousands(n.Soon) + " " + noun(n.Soon, "falls", "fall") + " due in the next " + px(compare.ReviewDays) + " days"
}

// nextText ends the sentence with the next review date, if there is one.
func nextText(n compare.Freshness) string {
	if n.Next == "" {
		return "."
	}
	return "; the next is due on " + n.Next.Long() + "."
}

// on returns the facts of a topic that pass the filter.
func (d SourcesData) on(topic string) []*compare.Fact {
	return d.Comparison.Awaiting(topic, d.Review, d.Today)
}

// shownText says what the filter leaves.
func (d SourcesData) shownText() string {
	n := d.Comparison.Freshness(d.Today)
	if d.Review == compare.ReviewOverdue {
		return "Shown: " + count(n.Overdue, "fact", "facts") + " past " + noun(n.Overdue, "its", "their") + " review date."
	}
	return "Shown: " + count(n.Soon, "fact", "facts") + " due for review in the next " + px(compare.ReviewDays) + " days."
}

// supportTitle says until when a version is supported, in the same words for
// every option.
func supportTitle(s compare.Support, today compare.Date) string {
	if s.Ended(today) {
		return "Support for " + s.Version + " ended on " + s.Ends.Long() + "."
	}
	return "Support for " + s.Version + " ends on " + s.Ends.Long() + "."
}

// supportAdvice says what follows from it.
func supportAdvice(s compare.Support, today compare.Date) string {
	if s.Ended(today) {
		return " It gets no more fixes from those who make it, and what this page says about it may be out of date. Start with a version that is supported. Source: "
	}
	return " After that day it gets no more fixes from those who make it. Start with a newer version where there is one. Source: "
}

// correctionLink begins a message to the editors about an entry of the page,
// or leads to how they are reached where the site names no address.
func correctionLink(head Head, kind, id, says string) string {
	c := contact.Correction{Kind: kind, ID: id, URL: head.Canonical + "#" + id, Says: says}
	if head.Comparison != nil {
		c.Comparison = head.Comparison.Slug
	}
	if head.Site != nil {
		if link := c.Link(head.Site.Contact); link != "" {
			return link
		}
	}
	return CorrectionsPath
}
