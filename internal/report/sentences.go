package report

import (
	"fmt"

	"tiebreak/internal/compare"
	"tiebreak/internal/contact"
	"tiebreak/internal/score"
)

// headline is the decision in one sentence.
func (m *maker) headline() string {
	switch m.d.Verdict {
	case score.NoAnswers:
		return "No decision yet: no answer counts so far."
	case score.NoneQualifies:
		return "No option meets every condition."
	case score.OnlyOne:
		return m.words.Join("Only ", m.leader(), " meets every condition.")
	case score.Tie:
		return m.words.Join("Too close to call: ", m.equals(), " score the same.")
	case score.Close:
		return m.words.Join("Too close to call, with ", m.leader(), " a little ahead.")
	case score.Leans:
		return m.words.Join("These answers lean to ", m.leader(), ".")
	default:
		return m.words.Join("These answers clearly favour ", m.leader(), ".")
	}
}

// equals names what a tie is between.
func (m *maker) equals() string {
	if len(m.e.Options) == 2 {
		return "the two"
	}
	return "the best options"
}

func (m *maker) leader() string { return m.name(m.d.Leader()) }

// firmness says in plain words how sure the decision is.
func (m *maker) firmness() []string {
	switch m.d.Verdict {
	case score.NoAnswers:
		return []string{"Every question was left at “Not sure”, or the answers given put no weight on any criterion. That speaks for no option: answer the questions you can."}
	case score.NoneQualifies:
		return []string{"Each option falls below a minimum that one of these answers sets. You can see below which answer rules out which option, and what would have to change. Where the form asks how much an answer matters, “more” in place of “must” rules nothing out."}
	case score.OnlyOne:
		return []string{m.ruledOut() + " ruled out, whatever the scores. You can see below which answer does it."}
	}
	sentences := append(m.sheaf.firmness[:0], m.marginSentence())
	if m.d.Robustness.Draws > 0 {
		sentences = append(sentences, m.robustSentence())
	}
	switch telling := m.telling(); {
	case m.d.Thin:
		sentences = append(sentences, fmt.Sprintf("Only %s given, so take this as a first hint.", thinWords(m.d.Answered)))
	case telling < fewTelling && m.d.Verdict != score.Tie:
		sentences = append(sentences, m.words.Join("Only ", m.words.Int(telling), " of the ", m.words.Int(m.d.Answered),
			" answers ", plural(telling, "moves", "move"), " the margin."))
	}
	return sentences
}

// fewTelling is how many answers have to tell the two options apart for a result
// to go without a word about it: as many as must be given.
const fewTelling = 4

// telling returns how many answers do more for one of the two options than for
// the other.
func (m *maker) telling() int {
	n := 0
	if m.p != nil {
		for _, part := range m.p.Answers {
			n += one(part.Exact != 0)
		}
	}
	return n
}

// ruledOut names the options that must rules exclude, with their verb.
func (m *maker) ruledOut() string {
	var names []string
	for _, s := range m.d.Excluded() {
		names = append(names, m.name(s.Option))
	}
	return join(names, "and") + " " + plural(len(names), "is", "are")
}

func thinWords(answers int) string {
	if answers == 1 {
		return "one answer was"
	}
	return fmt.Sprintf("%d answers were", answers)
}

func (m *maker) marginSentence() string {
	score := func(option int) string { return m.points(Points(m.d.ScoreOf(option))) }
	return m.words.Join(m.name(m.p.A), " scores ", score(m.p.A), " and ", m.name(m.p.B), " ", score(m.p.B),
		" of 100 points, a margin of ", m.points(Points(m.p.Tenths)), ".")
}

func (m *maker) robustSentence() string {
	const how = "Each variation halves, keeps or doubles what every answer counts and moves every rating within its range."
	verb := "stays ahead"
	if m.d.Verdict == score.Tie {
		verb = "comes first"
	}
	return m.words.Join(m.leader(), " ", verb, " in ", m.firstShare(), " of ", m.words.Thousands(int64(m.d.Robustness.Draws)), " variations. ", how)
}

// firstShare is the leader's share of the variations in percent.
func (m *maker) firstShare() string {
	run := m.d.Robustness
	return m.percent(Ratio{run.Options[m.d.Leader()].Credits, run.Credits})
}

// notices say what to know before using the result.
func (m *maker) notices() []string {
	notices := []string{}
	if !m.e.Released {
		notices = append(notices, fmt.Sprintf("Preview of edition %d. Ratings are still being checked against their evidence, so the result behind this link may change until the edition is released.", m.e.Number))
	}
	if !m.decoded.Kept() {
		notices = append(notices, fmt.Sprintf("This link was made with edition %d, which is no longer kept. It is read here by edition %d.", m.decoded.Asked, m.e.Number))
	}
	for _, question := range m.decoded.Ignored {
		notices = append(notices, "No longer asked, so its answer does not count: "+question)
	}
	if m.d.Unverified {
		notices = append(notices, "A must cannot be checked for certain for "+m.leader()+": its rating there may lie below the minimum. Check it yourself before you decide.")
	}
	return notices
}

// revisitText says when to look at the result again and why, "" if no date is
// known.
func (m *maker) revisitText(day compare.Date, why string) string {
	if day == "" {
		return ""
	}
	var room [32]byte
	long := m.words.Text(day.AppendLong(room[:0]))
	if day.Before(m.today) {
		return m.words.Join("Look at this result again: ", long, " has passed, when ", why, ".")
	}
	return m.words.Join("Look at this result again by ", long, ", when ", why, ".")
}

// Summary is the decision and how firm it is, for where only text goes: a mail,
// a description, a card.
func (r *Report) Summary() string { return r.summary }

// AppendMailFields appends what follows the address in a link that begins a mail
// with the result in its body.
func (r *Report) AppendMailFields(b []byte) []byte {
	var room [2 << 10]byte // off the heap
	return contact.AppendMailFields(b, r.Comparison.Title+": a result", r.appendMail(room[:0]))
}

// appendMail appends the body of a mail that passes the result on.
func (r *Report) appendMail(b []byte) []byte {
	b = append(append(b, r.Headline...), "\n\n"...)
	for _, s := range r.Firmness {
		b = append(append(b, s...), '\n')
	}
	if r.Margin != nil {
		for _, side := range [...]string{r.Margin.Ahead, r.Margin.Behind} {
			b = append(append(append(b, "\nFor "...), r.Option(side).Name...), ":\n"...)
			strongest := r.Strongest(side)
			if len(strongest) == 0 {
				b = append(b, "- nothing the answers put weight on\n"...)
			}
			for _, c := range strongest {
				b = append(append(append(b, "- "...), c.Name...), " ("...)
				b = append(c.Points.Size().Append(b), " points)\n"...)
			}
		}
	}
	for _, s := range r.Notices {
		b = append(append(append(b, '\n'), s...), '\n')
	}
	return append(append(append(b, "\nAll answers, ratings and sources:\n"...), r.URL...), '\n')
}
