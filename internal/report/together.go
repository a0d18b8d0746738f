package report

import (
	"fmt"
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

// JointInput is what a joint report is made of.
type JointInput struct {
	Sheet    *Sheet
	Joint    *score.Joint // of 2 or more people
	Names    []string     // by person, "" for one without a name
	Link     string       // absolute address of this page
	Together func(form string) string
}

// A Joint is everything the results of several people say together.
type Joint struct {
	Site       string        `json:"site" doc:"Name of the site that computed the result."`
	Comparison Topic         `json:"comparison" doc:"What is compared."`
	URL        string        `json:"url" doc:"Link to the results side by side."`
	Edition    Edition       `json:"edition" doc:"The edition all results are computed from."`
	Verdict    score.Verdict `json:"verdict" doc:"How the joint decision came out, in one word."`
	Leader     string        `json:"leader" doc:"Id of the option that is ahead when all points are added up. Empty if none is."`
	Headline   string        `json:"headline" doc:"The joint decision in one sentence."`
	Firmness   []string      `json:"firmness" doc:"How firm it is, in sentences."`
	Notices    []string      `json:"notices" doc:"What to know before using the result, in sentences."`
	Variations int           `json:"variations" doc:"Number of variations computed, each person's marks moving by themselves."`
	Options    []Option      `json:"options" doc:"The options in the fixed order of the comparison."`
	Margin     *Margin       `json:"margin" doc:"The first option against the second, all points added up. Null if nothing is weighted."`
	Rules      []Rule        `json:"must_rules" doc:"What answers marked as a must do to options. One person's must holds for all."`
	People     []Person      `json:"people" doc:"Each person's own result, in the order given."`
	Questions  []Spread      `json:"questions" doc:"How the answers spread, question by question, those that matter first."`

	Balance *Balance                 `json:"-"`
	Export  func(form string) string `json:"-"`
}

// A Person is one of several people, with their own result.
type Person struct {
	Name     string        `json:"name" doc:"The name given, or a number."`
	Code     string        `json:"code" doc:"The person's answers as the last part of a result link."`
	URL      string        `json:"url" doc:"Link to the person's own result."`
	Verdict  score.Verdict `json:"verdict" doc:"How it came out, in one word."`
	Leader   string        `json:"leader" doc:"Id of the option that is ahead for this person. Empty if none is."`
	Headline string        `json:"headline" doc:"The person's decision in one sentence."`
	Margin   Points        `json:"margin" doc:"Difference of the two best scores of the person's own result."`
	Points   Points        `json:"points" doc:"The person's part of the joint margin: positive for the option ahead, negative for the other."`
}

// A Spread is how the people answered one question.
type Spread struct {
	Question string  `json:"question" doc:"Id of the question."`
	Text     string  `json:"text" doc:"The question."`
	Agreed   bool    `json:"agreed" doc:"True if all gave the same answer with the same importance."`
	Matters  bool    `json:"matters" doc:"True if another option would be ahead, or others ruled out, if all gave one of the answers given."`
	Given    []Given `json:"answers" doc:"The different answers given."`
}

// A Given answer is one that one or more people gave.
type Given struct {
	Choice     string   `json:"choice" doc:"Id of the choice. Empty for no answer."`
	Label      string   `json:"label" doc:"The choice."`
	Importance string   `json:"importance" doc:"How much it counts. Empty for no answer."`
	Asked      bool     `json:"importance_asked" doc:"True if the form asks how much it counts."`
	Names      []string `json:"names" doc:"Who gave it."`
	IfAll      string   `json:"if_all" doc:"What would be so if all gave this answer, in words. Empty where no such answer changes the outcome."`
}

// Together returns what several people's results say.
func Together(in JointInput) *Joint {
	// What must be changed is found on the first one's form.
	m := in.Sheet.maker(compare.Decoded{}, &in.Joint.Decision, in.Joint.People[0].Answers.Code())
	names := numbered(in.Names, len(in.Joint.People))
	j := &Joint{
		Site:       m.site,
		Comparison: Topic{m.comparison.Slug, m.comparison.Title, m.links.Article},
		URL:        in.Link,
		Edition:    Edition{m.e.Number, m.e.Date, !m.e.Released, m.e.Number},
		Verdict:    m.d.Verdict,
		Headline:   "Together: " + lowerFirst(m.headline()),
		Firmness:   m.firmness(),
		Notices:    []string{},
		Variations: m.d.Robustness.Draws,
		Options:    m.options(),
		Margin:     m.margin(),
		Rules:      m.rules(givers(in.Joint, names)...),
		People:     m.people(in.Joint, names),
		Questions:  m.spreads(in.Joint, names),
		Export:     in.Together,
	}
	if !m.e.Released {
		j.Notices = append(j.Notices, fmt.Sprintf("Preview of edition %d. Ratings are still being checked against their evidence, so these results may change until the edition is released.", m.e.Number))
	}
	if m.d.Leads() {
		j.Leader = m.id(m.d.Leader())
	}
	j.Balance = (&Report{Options: j.Options, Margin: j.Margin}).weigh(&m.words, &m.sheaf.balance)
	return j
}

func givers(joint *score.Joint, names []string) []giver {
	list := make([]giver, len(joint.People))
	for i, p := range joint.People {
		list[i] = giver{names[i], p.Answers}
	}
	return list
}

// numbered gives everybody without a name a number.
func numbered(names []string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("Person %d", i+1)
		if i < len(names) && names[i] != "" {
			all[i] = names[i]
		}
	}
	return all
}

// lowerFirst starts a sentence in lower case, for behind a colon. Headlines
// start with one of our own words, never with an option's name.
func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

func (m *maker) people(joint *score.Joint, names []string) []Person {
	var people []Person
	for i, p := range joint.People {
		own := m.Sheet.maker(compare.Decoded{}, p.Own, p.Answers.Code())
		person := Person{
			Name: names[i], Code: own.code, URL: m.links.Result(own.code),
			Verdict: p.Own.Verdict, Headline: own.headline(), Points: Points(p.Part.Tenths),
		}
		if len(p.Own.Versus) > 0 {
			person.Margin = Points(p.Own.Versus[0].Tenths)
		}
		if p.Own.Leads() {
			person.Leader = m.id(p.Own.Leader())
		}
		people = append(people, person)
	}
	return people
}

func (m *maker) spreads(joint *score.Joint, names []string) []Spread {
	spreads := []Spread{}
	for _, s := range joint.Questions {
		q := m.e.QuestionAt(s.Slot)
		spread := Spread{Question: q.ID, Text: q.Text, Agreed: s.Agreed, Matters: s.Matters}
		seen := map[compare.Answer]int{}
		for i, ans := range s.Answers {
			at, known := seen[ans]
			if !known {
				at = len(spread.Given)
				seen[ans] = at
				spread.Given = append(spread.Given, m.given(q, s, i))
			}
			spread.Given[at].Names = append(spread.Given[at].Names, names[i])
		}
		spreads = append(spreads, spread)
	}
	return spreads
}

func (m *maker) given(q *compare.Question, s score.Spread, person int) Given {
	g := Given{Label: "Not sure"}
	ans := s.Answers[person]
	if ans.Choice > 0 {
		ch := q.Numbered(ans.Choice)
		g = Given{Choice: ch.ID, Label: ch.Label, Importance: ans.Importance.String(), Asked: q.Fixed == nil}
	}
	if s.Matters {
		g.IfAll = "With this answer from all, " + m.ifAll(s.IfAll[person], s.Left[person]) + "."
	}
	return g
}

// ifAll says how the options would stand, with so many of them left.
func (m *maker) ifAll(leader, left int) string {
	switch {
	case leader < 0:
		return "no option would be ahead"
	case left == 1:
		return "only " + m.name(leader) + " would be left"
	case left == len(m.e.Options) && m.d.Verdict == score.OnlyOne:
		return m.name(leader) + " would be ahead, and none ruled out"
	}
	return m.name(leader) + " would be ahead"
}

// Who lists the people who gave an answer.
func (g Given) Who() string { return join(g.Names, "and") }

// Answer writes the answer, with its importance where that was asked and is
// not normal.
func (g Given) Answer() string {
	importance, _ := compare.ParseImportance(g.Importance)
	if !g.Asked || importance == compare.Normal {
		return g.Label
	}
	return g.Label + " (matters: " + importance.Word() + ")"
}

// Divided returns the questions that matter, those that divide without mattering,
// and those that all agree on.
func (j *Joint) Divided() (matter, differ, agree []Spread) {
	for _, s := range j.Questions {
		switch {
		case s.Matters:
			matter = append(matter, s)
		case !s.Agreed:
			differ = append(differ, s)
		default:
			agree = append(agree, s)
		}
	}
	return matter, differ, agree
}

// Option returns the option with the given id, nil if there is none.
func (j *Joint) Option(id string) *Option { return optionIn(j.Options, id) }

// Speaks returns the option that points of the joint margin speak for, nil for
// zero points.
func (j *Joint) Speaks(p Points) *Option { return j.Margin.speaks(j.Options, p) }
