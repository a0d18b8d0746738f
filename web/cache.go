package web

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
	lru "github.com/hashicorp/golang-lru/v2"

	"tiebreak/internal/compare"
)

// cachedResults is how many answers to requests for results are kept: about 65
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

// cache keeps the answers asked for last. All methods of both may be called at
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

// remembered answers with what is kept under the key, or with what make
// returns, which is then kept. A page, which make writes into the buffer, is
// kept when it is asked for a second time. Results depend on nothing else, so
// all readers of a link get the same bytes.
func (s *server) remembered(
	w http.ResponseWriter, r *http.Request, key cacheKey, make func(*bytes.Buffer) (answer, error),
) error {
	if p, ok := s.cache.kept.Get(key); ok {
		p.send(w, r, nil)
		return nil
	}
	return s.inTurn(w, r, func(w http.ResponseWriter) error {
		buf := templ.GetBuffer() // not before: those who wait need none
		defer templ.ReleaseBuffer(buf)
		p, err := s.cache.fill(key, buf, make)
		if err != nil {
			return err
		}
		p.send(w, r, nil)
		return nil
	})
}

// fill returns what make does, or what somebody else made meanwhile.
func (c *cache) fill(key cacheKey, buf *bytes.Buffer, make func(*bytes.Buffer) (answer, error)) (*prepared, error) {
	if p, ok := c.kept.Get(key); ok {
		return p, nil
	}
	a, err := make(buf)
	if err != nil {
		return nil, err
	}
	isFile := buf.Len() == 0
	keep := isFile || c.again(key)
	if keep && !isFile {
		a.plain = bytes.Clone(a.plain) // the buffer will hold another page
	}
	p := prepare(a)
	if keep {
		c.kept.Add(key, p)
	}
	return p, nil
}
