package web

import (
	"bytes"
	"net/http"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"tiebreak/internal/compare"
)

// cachedResults is how many answers to requests for results are kept: about 50
// KB each, so 25 MB when all are in use.
const cachedResults = 512

// A cacheKey names one representation of one result. The code holds the
// edition; the day is part of it because facts go stale.
type cacheKey struct {
	slug, code, form string
	day              compare.Date
}

// cache keeps the answers asked for last.
type cache = lru.Cache[cacheKey, answer]

func newCache() (*cache, error) { return lru.New[cacheKey, answer](cachedResults) }

// remembered answers with what is kept under the key, or with what make
// returns, which is then kept. Results depend on nothing else, so all readers
// of a link get the same bytes.
func (s *server) remembered(w http.ResponseWriter, r *http.Request, key cacheKey, make func() (answer, error)) error {
	a, ok := s.cache.Get(key)
	if !ok {
		var err error
		if a, err = make(); err != nil {
			return err
		}
		a = a.lasting()
		s.cache.Add(key, a)
	}
	deliver(w, r, a)
	return nil
}

// lasting returns a copy of the answer that owns its body and compresses it
// only once.
func (a answer) lasting() answer {
	a.plain = bytes.Clone(a.plain)
	if a.encode != nil {
		plain := a.plain
		packed := sync.OnceValue(func() []byte { return gzipFast(plain) })
		a.encode = func(string) []byte { return packed() }
	}
	return a
}
