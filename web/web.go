// Package web answers requests: routes, handlers, middleware, and the one place
// where an error becomes a status. It knows requests and pages; it knows no
// file, no YAML and no database.
//
// A handler is a func(w, r) error that either returns an error and has written
// nothing, or ends in one call that writes the whole answer. What handlers use:
//
//	s.handle(h func(w, r) error) http.HandlerFunc
//	s.page(w, r, status, component, opts...) error    a page, whole or not at all
//	s.write(w, r, status, contentType, body, opts...) error   anything else
//	s.seeOther(w, r, path) error                      303 to a path the site wrote
//	s.movedTo(w, r, path) error                       301 to the one spelling of a path
//	s.form(w, r) (url.Values, error)                  a posted form, within limits
//	s.head(title, description, path) templates.Head   set Comparison, Noindex, Code after
//	s.absolute(path) string                           the path with the base URL before it
//
// with the options noStore, cached(value), header(key, value). The query of a
// request is checked before any handler runs, so r.URL.Query() loses nothing.
package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/internal/score"
	"tiebreak/templates"
)

// Config is what the site needs to answer requests.
type Config struct {
	Catalog *catalog.Catalog
	Log     *slog.Logger
	Now     func() time.Time
	// BaseURL is the site's own address, such as "https://example.org", without
	// a path. Addresses that leave the site are made from it, never from what a
	// request says about its host.
	BaseURL string
	// Ready reports whether new requests are welcome; nil means always. It turns
	// false while the program drains, so that a balancer looks elsewhere.
	Ready  func() bool
	Limits Limits
}

// Limits bound what one request may ask for. Zero means the default.
type Limits struct {
	Body   int64 // bytes of a posted form; default 64 KiB
	URL    int   // bytes of the request's address; default 8 KiB
	Fields int   // fields of a form or query; default 200, four times what any form here has
}

func (l Limits) withDefaults() Limits {
	if l.Body == 0 {
		l.Body = 64 << 10
	}
	if l.URL == 0 {
		l.URL = 8 << 10
	}
	if l.Fields == 0 {
		l.Fields = 200
	}
	return l
}

// server holds what handlers share. Nothing in it changes after New.
type server struct {
	catalog *catalog.Catalog
	log     *slog.Logger
	now     func() time.Time
	base    string // scheme and host, no slash at the end
	secure  bool   // the base URL is https
	ready   func() bool
	limits  Limits
	assets  map[string]*file
	models  map[*compare.Edition]*score.Model // everything laid out at start
	cache   *cache
	broken  []byte // the error page for the day when rendering fails
}

// New returns the whole site. It returns an error if the configuration is
// incomplete, or if the error page cannot be rendered.
func New(c Config) (http.Handler, error) {
	s, err := newServer(c)
	if err != nil {
		return nil, err
	}
	return s.handler(s.routes), nil
}

func newServer(c Config) (*server, error) {
	if c.Catalog == nil || c.Log == nil || c.Now == nil {
		return nil, errors.New("web: Config needs Catalog, Log and Now")
	}
	base, err := parseBase(c.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("web: base URL %q: %w", c.BaseURL, err)
	}
	s := &server{
		catalog: c.Catalog,
		log:     c.Log,
		now:     c.Now,
		base:    base.Scheme + "://" + base.Host,
		secure:  base.Scheme == "https",
		ready:   c.Ready,
		limits:  c.Limits.withDefaults(),
		assets:  assetFiles(),
		models:  modelsOf(c.Catalog.All()),
	}
	if s.ready == nil {
		s.ready = func() bool { return true }
	}
	if s.cache, err = newCache(); err != nil {
		return nil, fmt.Errorf("web: make the cache of results: %w", err)
	}
	if s.broken, err = s.renderBroken(); err != nil {
		return nil, fmt.Errorf("web: render the error page: %w", err)
	}
	return s, nil
}

// handler puts the middleware, outermost first, around the routes.
func (s *server) handler(routes func(chi.Router)) http.Handler {
	router := chi.NewRouter()
	router.Use(
		s.requestID,
		s.accessLog,
		s.recoverPanics,
		s.securityHeaders,
		s.checkURL,
		getForHead,
		s.crossOrigin(),
	)
	router.NotFound(s.handle(s.notFound))
	router.MethodNotAllowed(s.handle(s.methodNotAllowed))
	routes(router)
	return router
}

func parseBase(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return nil, err
	case u.Scheme != "http" && u.Scheme != "https", u.Host == "":
		return nil, errors.New("want http or https and a host, such as https://example.org")
	case strings.Trim(u.Path, "/") != "", u.RawQuery != "", u.Fragment != "", u.User != nil:
		return nil, errors.New("want scheme and host only: the site lives at the root of its host")
	}
	return u, nil
}

// absolute returns the address of a path of this site.
func (s *server) absolute(path string) string { return s.base + path }

// head returns what a page says about itself. The path is the page's one true
// address, whatever parameters the request came with.
func (s *server) head(title, description, path string) templates.Head {
	return templates.Head{
		Title:       title,
		Description: description,
		Canonical:   s.absolute(path),
		Site:        s.catalog.Site(),
		Here:        path,
	}
}
