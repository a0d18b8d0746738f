package web

import (
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/go-chi/chi/v5"

	"tiebreak/internal/compare"
	"tiebreak/static"
)

// A file is one asset, compressed as hard as it can be when first asked for.
type file struct {
	answer
}

// assetFiles returns the assets by the last part of their hashed path.
func assetFiles() map[string]*file {
	files := make(map[string]*file)
	for _, a := range static.All() {
		files[strings.TrimPrefix(a.Path(), static.Prefix)] = newFile(a)
	}
	return files
}

func newFile(a static.Asset) *file {
	body := []byte(a.Body())
	f := &file{answer{
		status:      http.StatusOK,
		contentType: a.ContentType(),
		cache:       cacheForever,
		tag:         contentTag(body),
		plain:       body,
	}}
	if compressible(a.ContentType()) && len(body) >= minCompress {
		br := sync.OnceValue(func() []byte { return brotliBest(body) })
		gz := sync.OnceValue(func() []byte { return gzipBest(body) })
		f.codings = []string{codingBrotli, codingGzip}
		f.encode = func(coding string) []byte {
			if coding == codingBrotli {
				return br()
			}
			return gz()
		}
	}
	return f
}

// asset serves a file under its hashed name. Any other name is unknown: an
// address without the hash could not be kept for ever.
func (s *server) asset(w http.ResponseWriter, r *http.Request) error {
	name := chi.URLParam(r, "name")
	f, ok := s.assets[name]
	if !ok {
		return fmt.Errorf("asset %q: %w", name, compare.ErrNotFound)
	}
	deliver(w, r, f.answer)
	return nil
}

// favicon serves the icon under the one fixed name that programs ask for
// without having read a page.
func (s *server) favicon(w http.ResponseWriter, r *http.Request) error {
	body := []byte(static.IconICO.Body())
	return s.write(w, r, http.StatusOK, static.IconICO.ContentType(), body, cached("public, max-age=86400"))
}
