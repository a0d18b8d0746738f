package web

import (
	"net/http"

	lru "github.com/hashicorp/golang-lru/v2"

	"tiebreak/internal/compare"
)

// cachedResults is how many answers to requests for results are kept: about 65
// KB each with what is compressed, so 8 MB when all are in use. A link that
// many open stays among them, and any other takes half a millisecond.
const cachedResults = 128

// A cacheKey names one representation of one result. The code holds the
// edition; the day is part of it because facts go stale.
type cacheKey struct {
	slug, code, form string
	day              compare.Date
}

// cache keeps the answers asked for last.
type cache = lru.Cache[cacheKey, *prepared]

func newCache() (*cache, error) { return lru.New[cacheKey, *prepared](cachedResults) }

// remembered answers with what is kept under the key, or with what make
// returns, which is then kept, body and all. Results depend on nothing else, so
// all readers of a link get the same bytes.
func (s *server) remembered(w http.ResponseWriter, r *http.Request, key cacheKey, make func() (answer, error)) error {
	p, ok := s.cache.Get(key)
	if !ok {
		a, err := make()
		if err != nil {
			return err
		}
		p = prepare(a)
		s.cache.Add(key, p)
	}
	p.send(w, r)
	return nil
}
