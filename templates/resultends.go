package templates

import (
	"tiebreak/internal/report"
)

// The second half of a result page: what is not certain about it, and what can
// be done with it.

func (r *resultWriter) wouldChange() {
	c := &r.report.Changes
	steadfast := r.steadfast()
	if len(c.Flips)+len(c.Limits) == 0 && steadfast == "" {
		return
	}
	r.around(r.sheet.wouldChange, func() {
		if len(c.Flips) > 0 {
			r.around(r.sheet.flips, func() { r.flips(c.Flips) }, flipsIntro(c.Flips))
		}
		if text := c.MoreText(); text != "" {
			r.fill(r.sheet.quiet, text)
		}
		if steadfast != "" {
			r.fill(r.sheet.paragraph, steadfast)
		}
		if len(c.Limits) > 0 {
			r.around(r.sheet.list, func() { r.items(c.Limits) })
		}
	})
}

func (r *resultWriter) items(texts []string) {
	for _, text := range texts {
		r.fill(r.sheet.item, text)
	}
}

// flipsIntro says how to read the list of changes.
func flipsIntro(flips []report.Flip) string {
	if len(flips[0].Changes) > 1 {
		return "No single other answer does. Each of these pairs does, with everything else as answered."
	}
	return "Each of these does by itself, with everything else as answered."
}

func (r *resultWriter) flips(flips []report.Flip) {
	for i := range flips {
		f := &flips[i]
		r.around(r.sheet.flip, func() {
			for k, ch := range f.Changes {
				if k > 0 {
					r.fill(r.sheet.flipAnd)
				}
				r.space()
				r.fill(r.sheet.flipChange, ch.Text, r.words.List(ch.Labels, "or", "“", "”"))
				r.space()
			}
		}, r.words.Join(r.sheet.results, f.Code), f.Outcome)
	}
}

// steadfast says that no small change of answers changes the outcome, "" where
// one does or where there is no outcome to change.
func (r *resultWriter) steadfast() string {
	c := &r.report.Changes
	switch {
	case r.report.Leader == "" || len(c.Flips) > 0:
		return ""
	case c.Fewest > 2:
		return r.words.Join("No change of one or two of these answers puts another option ahead. It takes at least ", r.words.Int(c.Fewest), ".")
	}
	return "No change of one or two of these answers puts another option ahead."
}

func (r *resultWriter) notKnown() {
	open := &r.report.Open
	r.around(r.sheet.notKnown, func() {
		for _, q := range open.First(5) {
			r.fill(r.sheet.worthAnswering, q.Text, q.Label, r.change(q.Question))
		}
		if n := open.Unanswered; n > 0 {
			text := r.words.Join(r.words.Int(n), " ", noun(n, "question is", "questions are"), " not answered and ", noun(n, "counts", "count"), " for nothing.")
			r.fill(r.sheet.unanswered, text, r.change(""))
		} else {
			r.fill(r.sheet.allAnswered, "Every question is answered.")
		}
		r.items(open.Gaps())
		if text := r.report.RevisitText(); text != "" {
			r.fill(r.sheet.item, text)
		}
	})
}

func (r *resultWriter) everyOption() {
	r.around(r.sheet.everyOption, func() {
		r.around(r.sheet.figures, func() {
			for _, row := range r.report.Figures(&r.words) {
				r.around(r.sheet.figureLine, func() {
					for _, text := range row.Cells {
						r.fill(r.sheet.figure, text)
					}
				}, row.Name)
			}
		})
		for i := range r.sheet.options {
			o := &r.sheet.options[i]
			r.around(o.cases, func() {
				for k := range r.report.Criteria {
					r.fill(o.rows[r.report.Criteria[k].Row])
				}
			})
		}
	})
}

func (r *resultWriter) passOn() {
	var room [4 << 10]byte // off the heap
	mail := r.words.Text(r.report.AppendMailFields(room[:0]))
	r.fill(r.sheet.passOn, r.report.URL, r.report.Code, r.report.Headline, mail)
}
