package main

import (
	"math/rand/v2"

	"tiebreak/content"
	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// seed makes every run ask for the same results in the same order.
const seed = 1

// newComparison returns the first comparison of the site's own content.
func newComparison() (*compare.Comparison, error) {
	pages, err := catalog.Load(content.Files)
	if err != nil {
		return nil, err
	}
	return pages.All()[0], nil
}

// resultPaths returns n paths of results, each of other answers. They are of
// readers who leave out every tenth question and mark some answers as more or
// less important than others.
func resultPaths(c *compare.Comparison, n int) []string {
	random := rand.New(rand.NewPCG(seed, 0))
	asked := c.Current().Asked()
	offered := make([][]*compare.Choice, len(asked))
	for i, q := range asked {
		offered[i] = q.Offered()
	}
	seen := make(map[string]bool, n)
	paths := make([]string, 0, n)
	for len(paths) < n {
		a := c.Current().NoAnswers()
		for i, q := range asked {
			if random.IntN(10) == 0 {
				continue
			}
			ans := compare.Answer{Choice: offered[i][random.IntN(len(offered[i]))].Number}
			switch {
			case q.Fixed != nil:
				ans.Importance = *q.Fixed
			case random.IntN(3) == 0:
				marks := compare.Importances()
				ans.Importance = marks[random.IntN(len(marks))]
			}
			a = a.With(q.Slot, ans)
		}
		if path := templates.ResultPath(c, a); !seen[path] {
			seen[path] = true
			paths = append(paths, path)
		}
	}
	return paths
}
