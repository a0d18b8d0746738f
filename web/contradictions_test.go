package web

import (
	"net/http"
	"strings"
	"testing"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// contradicting returns answers that hold the contradiction and nothing else.
func contradicting(t *testing.T, e *compare.Edition, x *compare.Contradiction) compare.Answers {
	t.Helper()
	a := e.NoAnswers()
	for _, side := range x.Between {
		q := e.Question(side.Question)
		ans := compare.Answer{Choice: q.Choice(side.Choices[0]).Number, Importance: compare.High}
		if q.Fixed != nil {
			ans.Importance = *q.Fixed
		}
		a = a.With(q.Slot, ans)
	}
	if !x.In(a) {
		t.Fatalf("%s is not in answers made of it", x.ID)
	}
	return a
}

// Every contradiction of the shipped content is told on the result, in the
// decision record and above the form, with a way to each of its answers, and is
// gone without one of them.
func TestContradictionsAreTold(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	e := c.Current()
	if len(c.Contradictions) == 0 {
		t.Fatal("there are no contradictions")
	}
	for i := range c.Contradictions {
		x := &c.Contradictions[i]
		a := contradicting(t, e, x)
		result := open(t, h, templates.ResultPath(c, a), http.StatusOK).Find(".notice:contains('pull against')")
		form := open(t, h, templates.ChangePath(c, a, ""), http.StatusOK).Find(".notice:contains('pull against')")
		if !strings.Contains(text(result), x.Text) || !strings.Contains(text(form), x.Text) {
			t.Errorf("%s: the result says %q and the form %q", x.ID, text(result), text(form))
		}
		if record := bodyOf(t, get(h, templates.ResultPath(c, a)+".md")); !strings.Contains(record, "pull against each other") {
			t.Errorf("%s: the decision record does not tell it", x.ID)
		}
		for _, side := range x.Between {
			q := e.Question(side.Question)
			if result.Find(`a[href="`+templates.ChangePath(c, a, q.ID)+`"]`).Length() == 0 {
				t.Errorf("%s: the result has no link to change %s", x.ID, q.ID)
			}
			if form.Find(`a[href="#`+q.ID+`"]`).Length() == 0 {
				t.Errorf("%s: the form has no link to %s", x.ID, q.ID)
			}
			fewer := open(t, h, templates.ResultPath(c, a.With(q.Slot, compare.Answer{})), http.StatusOK)
			if strings.Contains(text(fewer.Selection), x.Text) {
				t.Errorf("%s is told without an answer to %s", x.ID, q.ID)
			}
		}
	}
}

// A row of the table leads to the questions that ask about it, and each of them
// back to the row.
func TestRowsAndQuestionsLeadToEachOther(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	e := c.Current()
	table := open(t, h, templates.TablePath(c), http.StatusOK)
	form := open(t, h, templates.QuestionsPath(c), http.StatusOK)
	links := 0
	for _, q := range e.Asked() {
		rows := e.CountsFor(q)
		if got := form.Find("#" + q.ID + " .counts-for a").Length(); got != len(rows) {
			t.Errorf("question %s leads to %d rows, want %d", q.ID, got, len(rows))
		}
		for _, row := range rows {
			links++
			if form.Find(`#`+q.ID+` .counts-for a[href="`+templates.CriterionPath(c, row.ID)+`"]`).Length() != 1 {
				t.Errorf("question %s does not lead to row %s", q.ID, row.ID)
			}
			if table.Find(`#`+row.ID+` a[href="`+templates.QuestionPath(c, q.ID)+`"]`).Length() != 1 {
				t.Errorf("row %s does not lead to question %s", row.ID, q.ID)
			}
		}
	}
	if got := table.Find(`a[href^="` + templates.QuestionsPath(c) + `#"]`).Length(); got != links {
		t.Errorf("the table has %d links to questions, want %d", got, links)
	}
}
