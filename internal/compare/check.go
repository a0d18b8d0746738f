package compare

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// A Problem is something in the content that must be mended before it is served.
type Problem struct {
	// At is the place, as a path through the content: "facts[3].id",
	// "editions[1].criteria[3].cells[0].facts" (editions by number, all else
	// by index), "readers[0].answers", "options[1]" or "article".
	At  string
	Msg string // what is wrong and what to do
}

func (p Problem) String() string { return p.At + ": " + p.Msg }

// checker gathers problems.
type checker struct {
	c        *Comparison
	problems []Problem
}

func (k *checker) bad(at, format string, args ...any) {
	k.problems = append(k.problems, Problem{At: at, Msg: fmt.Sprintf(format, args...)})
}

// unique reports ids that stand twice or are not written as an id.
func (k *checker) unique(seen map[string]bool, form *regexp.Regexp, at, id string) {
	switch {
	case !form.MatchString(id):
		k.bad(at, "id %q must match %s", id, form)
	case seen[id]:
		k.bad(at, "id %q stands twice: give one of them another id", id)
	}
	seen[id] = true
}

// present reports a text that is missing.
func (k *checker) present(at, text string) {
	if strings.TrimSpace(text) == "" {
		k.bad(at, "is missing: write it")
	}
}

var (
	slugForm   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*-vs-[a-z0-9]+(-[a-z0-9]+)*$`)
	optionForm = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)
	idForm     = regexp.MustCompile(`^[a-z0-9_]{1,40}$`)
	factForm   = regexp.MustCompile(`^[A-Za-z0-9-]{1,40}$`)
	sourceDate = regexp.MustCompile(`^(undated|20\d\d|20\d\d-(0[1-9]|1[0-2])|(19|20)\d\d-\d\d-\d\d|19\d\d)$`)
)

// Check returns what is wrong with the comparison by the rules that need no
// file and no clock, in the order of the content. A comparison without
// problems can be scored and rendered.
func (c *Comparison) Check() []Problem {
	k := &checker{c: c}
	if !slugForm.MatchString(c.Slug) {
		k.bad("slug", "%q must be lower-case words joined by hyphens with -vs- between the options", c.Slug)
	}
	k.present("title", c.Title)
	k.present("summary", c.Summary)
	k.present("finding", c.Finding)
	k.date("updated", c.Updated)
	k.options()
	k.facts()
	k.cited("article", c.Article.Cited)
	k.claims()
	k.measurements()
	if len(c.Editions) == 0 {
		k.bad("editions", "there is no edition: add editions/1")
	}
	for i, e := range c.Editions {
		k.edition(e)
		if i > 0 {
			k.succession(c.Editions[i-1], e)
			k.mappings(c.Editions[i-1], e)
		} else if len(e.Mappings) > 0 {
			k.bad(fmt.Sprintf("editions[%d].mapping", e.Number), "the first edition has no edition before it to map")
		}
	}
	if len(c.Editions) > 0 {
		k.readers(c.Current())
		k.contradictions(c.Current())
	}
	if len(k.problems) == 0 {
		k.used() // of content that is otherwise sound
	}
	return k.problems
}

// used reports facts that nothing cites: what is known and not said anywhere
// is not kept up.
func (k *checker) used() {
	cited := map[string]bool{}
	cite := func(ids []string) {
		for _, id := range ids {
			cited[id] = true
		}
	}
	cite(k.c.Article.Cited)
	for _, e := range k.c.Editions {
		for _, c := range e.Criteria {
			for _, cell := range c.Cells {
				cite(cell.Facts)
			}
		}
	}
	for _, claim := range k.c.Claims {
		cite(claim.Facts)
	}
	for _, o := range k.c.Options {
		cite([]string{o.Support.Fact})
	}
	for i := range k.c.Facts {
		if f := &k.c.Facts[i]; !cited[f.ID] {
			k.bad(fmt.Sprintf("facts[%d]", i), "fact %q is used nowhere: cite it in the article, a cell or a claim, or take it out", f.ID)
		}
	}
}

func (k *checker) options() {
	if n := len(k.c.Options); n < 2 || n > MaxOptions {
		k.bad("options", "there are %d options: a comparison has 2 to %d", n, MaxOptions)
	}
	seen, marks := map[string]bool{}, map[Mark]bool{}
	for i, o := range k.c.Options {
		at := fmt.Sprintf("options[%d]", i)
		k.unique(seen, optionForm, at+".id", o.ID)
		k.present(at+".name", o.Name)
		switch {
		case !slices.Contains([]Mark{Disc, Diamond, Square, Triangle}, o.Mark):
			k.bad(at+".mark", "mark %q is none of disc, diamond, square, triangle", o.Mark)
		case marks[o.Mark] && len(k.c.Options) <= 4:
			k.bad(at+".mark", "mark %q is taken by another option", o.Mark)
		}
		marks[o.Mark] = true
		k.support(at+".support", o.Support)
	}
}

func (k *checker) support(at string, s Support) {
	if s == (Support{}) {
		return
	}
	k.present(at+".version", s.Version)
	k.date(at+".ends", s.Ends)
	k.cited(at+".fact", []string{s.Fact})
	if f := k.c.Fact(s.Fact); f != nil && s.Ends.Valid() && !slices.ContainsFunc(f.Values, func(v Value) bool { return s.Ends.is(v.Text) }) {
		k.bad(at+".ends", "ends %s is no value of fact %s: write the day that the fact gives", s.Ends, s.Fact)
	}
}

func (k *checker) date(at string, d Date) {
	if !d.Valid() {
		k.bad(at, "%q is not a day written 2026-08-05", string(d))
	}
}

// cited reports ids of facts that do not exist or stand twice.
func (k *checker) cited(at string, ids []string) {
	seen := map[string]bool{}
	for _, id := range ids {
		if k.c.Fact(id) == nil {
			k.bad(at, "fact %q is not in facts.yaml", id)
		}
		if seen[id] {
			k.bad(at, "fact %q is named twice", id)
		}
		seen[id] = true
	}
}

// outcomes a reference reader may expect, beside the verdicts of the model.
var outcomes = []string{
	"no-answers", "none-qualifies", "only-one", "tie", "close", "leans", "clear", "close call",
}

func (k *checker) readers(e *Edition) {
	seen := map[string]bool{}
	for i, r := range k.c.Readers {
		at := fmt.Sprintf("readers[%d]", i)
		k.unique(seen, idForm, at+".id", r.ID)
		k.present(at+".name", r.Name)
		k.present(at+".why", r.Why)
		if r.Expect.Option != "" && e.Option(r.Expect.Option) == nil {
			k.bad(at+".expect.option", "option %q is not in comparison.yaml", r.Expect.Option)
		}
		if !slices.Contains(outcomes, r.Expect.Outcome) {
			k.bad(at+".expect.outcome", "outcome %q is none of %s", r.Expect.Outcome, strings.Join(outcomes, ", "))
		}
		if _, err := r.AnswersTo(e); err != nil {
			k.bad(at+".answers", "%s", detail(err))
		}
	}
}

// AnswersTo returns the reader's answers to the questions of e. Errors are as
// for [Edition.Params].
func (r *Reader) AnswersTo(e *Edition) (Answers, error) {
	params := url.Values{}
	for id, answer := range r.Answers {
		params.Set(id, answer)
	}
	return e.Params(params)
}

// detail spells an InputError out for an author.
func detail(err error) string {
	bad, ok := err.(*InputError)
	if !ok {
		return err.Error()
	}
	var lines []string
	for id, msg := range bad.Questions {
		lines = append(lines, fmt.Sprintf("%s: %s", id, msg))
	}
	for name, msg := range bad.Fields {
		lines = append(lines, fmt.Sprintf("%s: %s", name, msg))
	}
	slices.Sort(lines)
	return strings.Join(lines, " ")
}
