package score

import (
	"fmt"
	"strings"
	"testing"

	"tiebreak/internal/compare"
)

// An editionSpec builds editions for tests from short strings.
//
//	cells:     "io node=85[75,92] python=60[50,70]", "x node=? python=1[0,2]"
//	questions: "workload/0: 1 io8 talent2; 2 ml9 ml>=50"
type editionSpec struct {
	options   []string
	cells     []string
	questions []string
}

func (s editionSpec) build(t testing.TB) *compare.Edition {
	t.Helper()
	e := &compare.Edition{Comparison: strings.Join(s.options, "-vs-"), Number: 1}
	for _, id := range s.options {
		e.Options = append(e.Options, compare.Option{ID: id, Name: id})
	}
	for _, line := range s.cells {
		fields := strings.Fields(line)
		c := compare.Criterion{ID: fields[0], Name: fields[0]}
		for _, f := range fields[1:] {
			id, rating, _ := strings.Cut(f, "=")
			cell := compare.Cell{Option: id, Unknown: rating == "?"}
			if cell.Unknown {
				cell.Value, cell.Lo, cell.Hi = 50, 0, 100
			} else if _, err := fmt.Sscanf(rating, "%d[%d,%d]", &cell.Value, &cell.Lo, &cell.Hi); err != nil {
				t.Fatalf("cell %q: %v", f, err)
			}
			c.Cells = append(c.Cells, cell)
		}
		e.Criteria = append(e.Criteria, c)
	}
	for _, line := range s.questions {
		e.Questions = append(e.Questions, parseQuestion(t, line))
	}
	return e
}

func parseQuestion(t testing.TB, line string) compare.Question {
	t.Helper()
	head, rest, _ := strings.Cut(line, ":")
	id, slot, _ := strings.Cut(head, "/")
	q := compare.Question{ID: id, Text: id}
	scan(t, slot, "%d", &q.Slot)
	for _, part := range strings.Split(rest, ";") {
		fields := strings.Fields(part)
		ch := compare.Choice{ID: "c" + fields[0]}
		scan(t, fields[0], "%d", &ch.Number)
		for _, f := range fields[1:] {
			if criterion, min, ok := strings.Cut(f, ">="); ok {
				must := compare.Must{Criterion: criterion, Reason: "missing"}
				scan(t, min, "%d", &must.Min)
				ch.Musts = append(ch.Musts, must)
				continue
			}
			p := compare.Points{Criterion: strings.TrimRight(f, "0123456789")}
			scan(t, f[len(p.Criterion):], "%d", &p.N)
			ch.Points = append(ch.Points, p)
		}
		q.Choices = append(q.Choices, ch)
	}
	return q
}

func scan(t testing.TB, s, format string, to ...any) {
	t.Helper()
	if _, err := fmt.Sscanf(s, format, to...); err != nil {
		t.Fatalf("%q: %v", s, err)
	}
}

// give answers "workload 1 high, team 1 normal" to an edition.
func give(t testing.TB, e *compare.Edition, answers string) compare.Answers {
	t.Helper()
	a := e.NoAnswers()
	for _, part := range strings.Split(answers, ",") {
		fields := strings.Fields(part)
		if len(fields) == 0 {
			continue
		}
		q := e.Question(fields[0])
		if q == nil {
			t.Fatalf("no question %q", fields[0])
		}
		ans := compare.Answer{}
		scan(t, fields[1], "%d", &ans.Choice)
		ok := false
		if ans.Importance, ok = compare.ParseImportance(fields[2]); !ok {
			t.Fatalf("no importance %q", fields[2])
		}
		a = a.With(q.Slot, ans)
	}
	return a
}

// example is the edition of SCORING.md section 12.
func example(t testing.TB) *compare.Edition {
	return editionSpec{
		options: []string{"node", "python"},
		cells: []string{
			"io node=85[75,92] python=60[50,70]",
			"ml node=30[20,40] python=95[90,98]",
			"talent node=80[70,90] python=85[75,92]",
			"startup node=70[60,80] python=?",
		},
		questions: []string{
			"workload/0: 1 io8 talent2; 2 ml9; 3 io4 ml4",
			"team/1: 1 talent6; 2 talent2 startup3",
			"hosting/2: 1 startup5; 2 io2 startup2",
			"data/3: 1 ml3 ml>=50; 2 ml1",
		},
	}.build(t)
}
