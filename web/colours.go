package web

import (
	lru "github.com/hashicorp/golang-lru/v2"

	"tiebreak/internal/compare"
)

// colouredPages is how many articles, and how many measurements, are kept with
// their code coloured: some 60 KB each. A page is made once a day, so this is
// for requests with a query, of which there is no end.
const colouredPages = 32

// colours keeps what was coloured last, by what it was made from.
type colours struct {
	comparisons  *lru.Cache[*compare.Comparison, *compare.Comparison]
	measurements *lru.Cache[*compare.Measurement, *compare.Measurement]
}

func newColours() (colours, error) {
	comparisons, err := lru.New[*compare.Comparison, *compare.Comparison](colouredPages)
	if err != nil {
		return colours{}, err
	}
	measurements, err := lru.New[*compare.Measurement, *compare.Measurement](colouredPages)
	return colours{comparisons, measurements}, err
}

// keptOr returns what is kept for the key, or what work makes of it.
func keptOr[T any](kept *lru.Cache[*T, *T], key *T, work func(*T) *T) *T {
	if made, ok := kept.Get(key); ok {
		return made
	}
	made := work(key)
	kept.Add(key, made)
	return made
}
