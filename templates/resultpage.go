package templates

import (
	"context"

	"github.com/a-h/templ"

	"tiebreak/internal/compare"
	"tiebreak/internal/report"
)

// ResultData is one result as anyone with its link sees it.
type ResultData struct {
	Sheet   *ResultSheet // of the edition and the day
	Report  *report.Report
	ThenNow *ThenNow // nil if no newer edition exists
}

// Result is the decision with everything it rests on. Of the head it takes
// title, description, canonical address and image.
func Result(head Head, data ResultData) templ.Component {
	return writtenBy(func(ctx context.Context, p *pen) error {
		r := resultWriter{pen: p, sheet: data.Sheet, report: data.Report}
		if r.report.Margin != nil {
			r.left, r.right = r.report.PairPlaces()
		}
		p.words.Grow(wordsOfResult)
		var err error
		p.around(r.sheet.page, func() { err = r.write(ctx, data.ThenNow) }, head.Title, head.Description, head.Canonical, head.Image)
		return err
	})
}

// wordsOfResult is about how many bytes of text are made for one page.
const wordsOfResult = 6 << 10

// A resultWriter writes the parts of one result page.
type resultWriter struct {
	*pen
	sheet       *ResultSheet
	report      *report.Report
	left, right int // the options of the margin, by place
}

func (r *resultWriter) write(ctx context.Context, age *ThenNow) error {
	r.verdictHead()
	if age != nil {
		if err := thenNow(age).Render(ctx, r.pen); err != nil {
			return err
		}
	}
	weighted := r.report.Margin != nil
	if weighted {
		r.balance()
	}
	r.ruledOut()
	if weighted {
		r.factors()
		r.space()
		r.answerEffects()
		r.space()
		r.criterionEffects()
	}
	r.wouldChange()
	r.notKnown()
	if weighted {
		r.everyOption()
	}
	r.passOn()
	return nil
}

func (r *resultWriter) verdictHead() {
	asked := r.report.Asked
	answered := r.words.Join(r.words.Int(r.report.Answered), " of ", r.words.Int(asked), " ", noun(asked, "question", "questions"), " answered")
	if n := r.report.Telling; r.report.Margin != nil && n < r.report.Answered {
		answered = r.words.Join(answered, ", ", r.words.Int(n), " ", noun(n, "moves", "move"), " the margin")
	}
	r.around(r.sheet.verdict, func() {
		for _, sentence := range r.report.Firmness {
			r.fill(r.sheet.lead, sentence)
		}
		for _, notice := range r.report.Notices {
			r.fill(r.sheet.notice, notice)
		}
		r.contradictions()
		next := r.sheet.fromHere
		if r.report.Margin == nil {
			next = r.sheet.toQuestions
		}
		r.fill(next, r.change(""))
	}, answered, r.report.Headline)
}

func (r *resultWriter) contradictions() {
	if len(r.report.Contradictions) == 0 {
		return
	}
	r.around(r.sheet.contradictions, func() {
		for i := range r.report.Contradictions {
			x := &r.report.Contradictions[i]
			r.around(r.sheet.contradiction, func() {
				for _, a := range x.Answers {
					r.fill(r.sheet.contrasting, a.Text, r.words.Join("“", a.Label, "”"), r.change(a.Question))
				}
			}, x.Text)
		}
	})
}

func (r *resultWriter) balance() {
	b := r.report.Balance
	v := viewOf(b, &r.words)
	r.around(r.sheet.balance, func() {
		r.fill(r.sheet.options[r.left].pan, v.LeftX, v.LeftY, b.Left.Pan(&r.words))
		r.fill(r.sheet.options[r.right].pan, v.RightX, v.RightY, b.Right.Pan(&r.words))
	}, b.Text, v.Tilt, b.Caption)
}

func (r *resultWriter) ruledOut() {
	if len(r.report.Rules) == 0 {
		return
	}
	r.around(r.sheet.musts, func() {
		for i := range r.report.Rules {
			rule := &r.report.Rules[i]
			r.fill(r.sheet.options[r.report.Place(rule.Option)].must, rule.Text, r.change(rule.Question))
		}
	})
}

// change returns the path of the form, filled in, at a question or its top.
func (r *resultWriter) change(question string) string {
	return r.words.Join(r.sheet.form, r.report.Code, r.sheet.anchors[question])
}

func (r *resultWriter) factors() {
	r.around(r.sheet.sides, func() {
		r.factorsOf(r.left)
		r.factorsOf(r.right)
	})
}

func (r *resultWriter) factorsOf(option int) {
	sheet := &r.sheet.options[option]
	strongest := r.report.Strongest(r.report.Options[option].ID)
	if len(strongest) == 0 {
		r.fill(sheet.noFactors)
		return
	}
	r.around(sheet.factors, func() {
		for _, c := range strongest {
			r.fill(sheet.factor[c.Row], r.points(c.Points.Size()), r.ratings(c))
		}
	})
}

func (r *resultWriter) points(p report.Points) string {
	var text [16]byte
	return r.words.Text(p.Append(text[:0]))
}

// towards writes points with the option they speak for: "14.5 Node.js".
func (r *resultWriter) towards(p report.Points) string {
	o := r.report.Speaks(p)
	if o == nil {
		return r.points(p)
	}
	return r.words.Join(r.points(p.Size()), " ", o.Name)
}

// bar draws what contributes p towards the option it speaks for.
func (r *resultWriter) bar(p, largest report.Points) {
	o := r.left
	if (p > 0) != (r.report.Options[o].ID == r.report.Margin.Ahead) {
		o = r.right
	}
	x, width := barOf(p, largest, o == r.left)
	if width == 0 {
		r.fill(r.sheet.noBar)
		return
	}
	r.fill(r.sheet.options[o].bar, r.words.Int(x), r.words.Int(width))
}

func (r *resultWriter) answerEffects() {
	largest, idle := r.report.LargestAnswer(), 0
	r.around(r.sheet.answerEffects, func() {
		r.around(r.sheet.effects[r.left][r.right].answers, func() {
			for i := range r.report.Answers {
				a := &r.report.Answers[i]
				if a.Idle() {
					idle++
					continue
				}
				r.around(r.sheet.answers[a.Slot].row, func() { r.bar(a.Points, largest) },
					r.answerText(a), r.note(a), r.report.Code, r.towards(a.Points))
			}
		}, r.towards(r.report.Margin.Points))
		if idle == 0 {
			return
		}
		r.around(r.sheet.idle, func() {
			for i := range r.report.Answers {
				if a := &r.report.Answers[i]; a.Idle() {
					r.fill(r.sheet.answers[a.Slot].idle, r.answerText(a), r.report.Code)
				}
			}
		}, r.words.Join(r.words.Int(idle), " ", noun(idle, "answer moves", "answers move"), " the margin by less than 0.05 points"))
	}, r.effectsIntro())
}

// note says how firm one answer's part is.
func (r *resultWriter) note(a *report.Answer) string {
	if a.Firmness == "" || a.FlipText == "" {
		return a.Firmness + a.FlipText
	}
	return r.words.Join(a.Firmness, " ", a.FlipText)
}

// answerText writes what was answered, and how much it counts where that is not
// the usual.
func (r *resultWriter) answerText(a *report.Answer) string {
	importance, _ := compare.ParseImportance(a.Importance)
	if a.Fixed || importance == compare.Normal {
		return a.Label
	}
	return r.words.Join(a.Label, " (matters: ", importance.Word(), ")")
}

// effectsIntro explains the table of answers.
func (r *resultWriter) effectsIntro() string {
	const notes = " Where counting one answer up to four times more or less would change the outcome, its row says so."
	p := r.report.Margin.Points
	if p == 0 {
		return "Each bar points to the option the answer speaks for. Together they cancel out to the last tenth." + notes
	}
	return r.words.Join("Each bar points to the option the answer speaks for. Together they come to the margin of ",
		r.points(p.Size()), " points, to the last tenth.", notes)
}

func (r *resultWriter) criterionEffects() {
	largest, idle := r.report.LargestCriterion(), 0
	r.around(r.sheet.criterionEffects, func() {
		r.around(r.sheet.effects[r.left][r.right].criteria, func() {
			for i := range r.report.Criteria {
				c := &r.report.Criteria[i]
				if c.Idle() {
					idle++
					continue
				}
				r.around(r.sheet.criteria[c.Row].row, func() { r.bar(c.Points, largest) }, r.weightText(c), r.towards(c.Points))
			}
		}, r.towards(r.report.Margin.Points))
		if idle == 0 {
			return
		}
		r.around(r.sheet.idle, func() {
			for i := range r.report.Criteria {
				if c := &r.report.Criteria[i]; c.Idle() {
					r.fill(r.sheet.criteria[c.Row].idle, r.weightText(c))
				}
			}
		}, r.words.Join(r.words.Int(idle), " ", noun(idle, "criterion with weight moves", "criteria with weight move"), " the margin by less than 0.05 points"))
	}, "Where another weight on one criterion would change the outcome, its row says from where on.")
}

// weightText says what a criterion weighs, how the two options are rated, and
// how far the weight may move.
func (r *resultWriter) weightText(c *report.Criterion) string {
	space := ""
	if c.Firmness != "" {
		space = " "
	}
	return r.words.Join("Carries ", r.percent(c.Weight), " of the weight. ", r.ratings(c), space, c.Firmness)
}

// ratings writes how the two options are rated: "Node.js 76, Python 67."
func (r *resultWriter) ratings(c *report.Criterion) string {
	left, right := &r.report.Options[r.left], &r.report.Options[r.right]
	return r.words.Join(left.Name, " ", r.rating(&c.Cells[r.left]), ", ", right.Name, " ", r.rating(&c.Cells[r.right]), ".")
}

func (r *resultWriter) percent(ratio report.Ratio) string {
	var text [16]byte
	return r.words.Text(ratio.AppendPercent(text[:0]))
}

func (r *resultWriter) rating(c *report.Cell) string {
	if c.Unknown {
		return "unknown"
	}
	return r.words.Int(c.Value)
}
