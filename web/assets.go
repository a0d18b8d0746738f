package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"tiebreak/internal/compare"
	"tiebreak/static"
)

// assetFiles returns the assets by the last part of their hashed path, for
// sending under the policies.
func assetFiles(under policies) map[string]*prepared {
	files := make(map[string]*prepared)
	for _, a := range static.All() {
		body := []byte(a.Body())
		p := prepare(response{
			status: http.StatusOK, contentType: a.ContentType(), cache: cacheForever, tag: under.tag(body), plain: body,
		})
		p.route = assetRoute
		files[strings.TrimPrefix(a.Path(), static.Prefix)] = p
	}
	return files
}

// assetRoute is the pattern of the assets' paths.
const assetRoute = static.Prefix + "{name}"

// asset serves a file under its hashed name. Any other name is unknown: an
// address without the hash could not be kept for ever.
func (s *server) asset(w http.ResponseWriter, r *http.Request) {
	name := chi.URLParam(r, "name")
	f, ok := s.assets[name]
	if !ok {
		s.fail(w, r, fmt.Errorf("asset %q: %w", name, compare.ErrNotFound))
		return
	}
	if s.warm == nil {
		s.pages.precompress(f, nil)
	}
	f.send(w, r, nil)
}

// favicon serves the icon under the one fixed name that programs ask for
// without having read a page.
func (s *server) favicon(*http.Request, *bytes.Buffer) (response, error) {
	body := []byte(static.IconICO.Body())
	return s.newResponse(http.StatusOK, static.IconICO.ContentType(), body, cached("public, max-age=86400")), nil
}
