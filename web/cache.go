package web

import (
	"bytes"
	"fmt"

	lru "github.com/hashicorp/golang-lru/v2"

	"tiebreak/internal/compare"
)

// cachedResults is how many responses to requests for results are kept: about 65
// KB each with what is compressed, so 8 MB when all are in use. A link that
// many open stays among them, and any other takes half a millisecond.
const cachedResults = 128

// seenResults is how many results are known to have been asked for once. Most
// never are again: keeping each of them made half of all garbage.
const seenResults = 2 * cachedResults

// A cacheKey names one representation of one result. The code holds the
// edition; the day is part of it because facts go stale.
type cacheKey struct {
	slug, code, form string
	day              compare.Date
}

// cache keeps the responses asked for last. All methods of both may be called at
// the same time.
type cache struct {
	kept *lru.Cache[cacheKey, *prepared]
	seen *lru.Cache[cacheKey, struct{}]
}

func newCache() (*cache, error) {
	kept, err := lru.New[cacheKey, *prepared](cachedResults)
	if err != nil {
		return nil, fmt.Errorf("of those kept: %w", err)
	}
	seen, err := lru.New[cacheKey, struct{}](seenResults)
	if err != nil {
		return nil, fmt.Errorf("of those seen: %w", err)
	}
	return &cache{kept, seen}, nil
}

// again reports whether the key was asked about before, as far as is known.
func (c *cache) again(key cacheKey) bool {
	seen, _ := c.seen.ContainsOrAdd(key, struct{}{})
	return seen
}

// fill returns what is rendered under the key, or what somebody else made
// meanwhile. A file is kept at once. A page, which is rendered into a buffer
// that will hold another, is kept when it is asked for a second time.
func (c *cache) fill(key cacheKey, render func() (response, error)) (*prepared, error) {
	if p, ok := c.kept.Get(key); ok {
		return p, nil
	}
	res, err := render()
	if err != nil {
		return nil, err
	}
	isPage := key.form == pageForm
	keep := !isPage || c.again(key)
	if keep && isPage {
		res.plain = bytes.Clone(res.plain)
	}
	p := prepare(res)
	if keep {
		c.kept.Add(key, p)
	}
	return p, nil
}
