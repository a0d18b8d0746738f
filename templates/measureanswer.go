package templates

import (
	"fmt"
	"slices"
	"strings"

	"tiebreak/internal/compare"
)

// shortAnswer says what a measurement found: in the words of its editors, or else
// in one sentence the ratio, or the range of ratios over its cases.
func shortAnswer(c *compare.Comparison, m *compare.Measurement) string {
	if m.Answer != "" {
		return m.Answer
	}
	q, _ := m.Quantity("")
	if len(m.Cases) == 1 || len(c.Options) != 2 || q.Unit == "%" {
		return firstAnswer(c, m)
	}
	r := rangeOf(c, m, q)
	switch {
	case len(r.ratios) == 0 && r.unclear == 0:
		return firstAnswer(c, m)
	case len(r.ratios) == 0:
		cases := "the one case compared"
		if r.unclear > 1 {
			cases = "any of the " + compare.Thousands(r.unclear) + " cases"
		}
		return fmt.Sprintf("No clear difference between %s and %s in %s.", r.a, r.b, cases)
	}
	low, high := compare.Times(slices.Min(r.ratios)), compare.Times(slices.Max(r.ratios))
	times := low + " to " + high
	if low == high {
		times = low
	}
	text := fmt.Sprintf("In %s, %s %s %s times %s %s", count(len(r.ratios)+r.unclear, "case", "cases"), r.a, verb(m.Workload), times, amount(m.Workload), r.b)
	if r.unclear > 0 {
		text += fmt.Sprintf("; in %s of them the difference was not clear", compare.Thousands(r.unclear))
	}
	return text + "."
}

// A ratioRange is how one option did against another over several cases.
type ratioRange struct {
	a, b    string    // what to call them: the runtimes where they are the same in every case
	ratios  []float64 // where the difference is clear
	unclear int       // cases where it is not
}

func rangeOf(c *compare.Comparison, m *compare.Measurement, q compare.Quantity) ratioRange {
	var r ratioRange
	for i := range m.Cases {
		list := mains(c, measuredIn(c, m, &m.Cases[i]))
		if len(list) < 2 {
			continue
		}
		if r.a == "" {
			r.a, r.b = list[1].subject(), list[0].subject()
		}
		if r.a != list[1].subject() || r.b != list[0].subject() {
			r.a, r.b = list[1].Option.Name, list[0].Option.Name
		}
		switch ratio := list[1].summary(q).Over(list[0].summary(q)); {
		case !ratio.Clear:
			r.unclear++
		case ratio.Defined():
			r.ratios = append(r.ratios, ratio.Value)
		}
	}
	return r
}

// firstAnswer is what the first case found, with the name of the case where
// there are several.
func firstAnswer(c *compare.Comparison, m *compare.Measurement) string {
	answer := answerOf(c, m, &m.Cases[0])
	if len(m.Cases) > 1 {
		return m.Cases[0].Name + ": " + answer
	}
	return answer
}

// withUnit writes a figure with its unit.
func withUnit(x float64, q compare.Quantity) string {
	return compare.Value{Text: compare.Figure(x), Unit: q.Unit}.String()
}

// answerOf says in words what a case found: the newest of each option against
// the first.
func answerOf(c *compare.Comparison, m *compare.Measurement, k *compare.Case) string {
	all := measuredIn(c, m, k)
	q, _ := m.Quantity("")
	list := mains(c, all)
	if len(list) == 0 {
		return "Nothing was measured."
	}
	first := list[0]
	if len(list) == 1 {
		return fmt.Sprintf("%s: %s.", first.subject(), withUnit(first.summary(q).Median, q))
	}
	var sentences []string
	for _, other := range list[1:] {
		sentences = append(sentences, sentence(m.Workload, q, other, first))
	}
	return strings.Join(sentences, " ")
}

// sentence sets one run against another. Where the intervals overlap it claims
// no difference.
func sentence(w compare.Workload, q compare.Quantity, a, b measured) string {
	x, y := a.summary(q), b.summary(q)
	both := withUnit(x.Median, q) + " against " + withUnit(y.Median, q)
	ratio := x.Over(y)
	switch {
	case !ratio.Clear:
		return fmt.Sprintf("No clear difference between %s and %s: %s, and the 95%% intervals overlap.", a.subject(), b.subject(), both)
	case q.Unit == "%" || !ratio.Defined():
		return fmt.Sprintf("%s: %s with %s, %s with %s.", q.Name, withUnit(x.Median, q), a.subject(), withUnit(y.Median, q), b.subject())
	}
	return fmt.Sprintf("%s %s %s times %s %s: %s.", a.subject(), verb(w), compare.Times(ratio.Value), amount(w), b.subject(), both)
}

// verb and amount frame a ratio of the quantity that matters most.
func verb(w compare.Workload) string {
	switch w {
	case compare.WorkMemory, compare.WorkIdle:
		return "needed"
	case compare.WorkServer:
		return "answered"
	default:
		return "took"
	}
}

func amount(w compare.Workload) string {
	switch w {
	case compare.WorkMemory, compare.WorkIdle:
		return "as much memory as"
	case compare.WorkServer:
		return "as many requests per second as"
	default:
		return "as long as"
	}
}

// alsoMeasured lists the newest runs that no sentence has named.
func alsoMeasured(m *compare.Measurement, all []measured) string {
	q, _ := m.Quantity("")
	var also []string
	named := map[string]bool{}
	for _, run := range newestOf(all) {
		if !run.Series.Peer && !named[run.Option.ID] {
			named[run.Option.ID] = true
			continue
		}
		also = append(also, run.subject()+" "+withUnit(run.summary(q).Median, q))
	}
	if len(also) == 0 {
		return ""
	}
	return "Also measured: " + strings.Join(also, "; ") + "."
}
