package compare

import "slices"

// Uses says where a fact is used.
type Uses struct {
	Fact     string
	Article  bool
	Sections []Heading    // of the article that cite it, in order; none if only its introduction does
	Criteria []*Criterion // rows of the current edition that cite it, in order
	// Questions are those of the current edition that count through Criteria,
	// in the order asked.
	Questions []*Question
	Claims    []*Claim // claims judged by it, in order
}

// UsesOf returns where the fact with the given id is used today.
func (c *Comparison) UsesOf(id string) Uses {
	u := Uses{Fact: id, Article: slices.Contains(c.Article.Cited, id)}
	for _, h := range c.Article.Headings {
		if slices.Contains(h.Facts, id) {
			u.Sections = append(u.Sections, h)
		}
	}
	e := c.Current()
	for i := range e.Criteria {
		if e.Criteria[i].cites(id) {
			u.Criteria = append(u.Criteria, &e.Criteria[i])
		}
	}
	for _, q := range e.Asked() {
		if slices.ContainsFunc(u.Criteria, func(row *Criterion) bool { return q.bearsOn(row.ID) }) {
			u.Questions = append(u.Questions, q)
		}
	}
	for i := range c.Claims {
		if slices.Contains(c.Claims[i].Facts, id) {
			u.Claims = append(u.Claims, &c.Claims[i])
		}
	}
	return u
}

func (c *Criterion) cites(id string) bool {
	return slices.ContainsFunc(c.Cells, func(cell Cell) bool { return slices.Contains(cell.Facts, id) })
}

// CountsFor returns the criteria on which a choice of the question puts points
// or sets a minimum, in the order of the table.
func (e *Edition) CountsFor(q *Question) []*Criterion {
	var rows []*Criterion
	for i := range e.Criteria {
		if q.bearsOn(e.Criteria[i].ID) {
			rows = append(rows, &e.Criteria[i])
		}
	}
	return rows
}

// FactsOn returns the facts of a topic, in the order of the file.
func (c *Comparison) FactsOn(topic string) []*Fact {
	var facts []*Fact
	for i := range c.Facts {
		if c.Facts[i].Topic == topic {
			facts = append(facts, &c.Facts[i])
		}
	}
	return facts
}
