package compare

import "slices"

// Uses says where a fact is used.
type Uses struct {
	Fact     string
	Article  bool
	Criteria []*Criterion // rows of the current edition that cite it, in order
	Claims   []*Claim     // claims judged by it, in order
}

// UsesOf returns where the fact with the given id is used today.
func (c *Comparison) UsesOf(id string) Uses {
	u := Uses{Fact: id, Article: slices.Contains(c.Article.Cited, id)}
	e := c.Current()
	for i := range e.Criteria {
		if e.Criteria[i].cites(id) {
			u.Criteria = append(u.Criteria, &e.Criteria[i])
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
