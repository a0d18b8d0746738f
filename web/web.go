// Package web answers requests: routes, handlers, middleware, and the one place
// where an error becomes a status. It knows requests and pages; it knows no
// file, no YAML and no database.
//
// A handler is a [renderFunc]: it returns a response, or an error and no
// response. A [dispatcher] has the response rendered when its turn comes, keeps
// it if it may, and sends it. What render functions use:
//
//	s.page(buf, status, component, opts...) (response, error)    a page, whole or not at all
//	s.newResponse(status, contentType, body, opts...) response   anything else
//	seeOther(path) response                                      303 to a path the site wrote
//	movedTo(path) response                                       301 to the one spelling of a path
//	s.form(r) (url.Values, error)                                a posted form, within limits
//	s.head(title, description, path) templates.Head              set Comparison, Noindex, Code after
//	s.absolute(path) string                                      the path with the base URL before it
//
// with the options noStore, cached(value), header(key, value). The query of a
// request is checked before any handler runs, so r.URL.Query() loses nothing.
package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-chi/chi/v5"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/internal/contact"
	"tiebreak/internal/score"
	"tiebreak/internal/search"
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
	// Contact is where this deployment's editors are reached, a mailto: or https:
	// address; "" leaves the one that the content names.
	Contact string
	// Ready reports whether new requests are welcome; nil means always. It turns
	// false while the program drains, so that a balancer looks elsewhere.
	Ready func() bool
	// Fault says what is wrong although requests are answered, such as content
	// that could not be read again; nil if nothing. It is shown on /readyz, to
	// those who run the site.
	Fault  func() error
	Limits Limits
	// Proxies are the addresses whose X-Forwarded-For is believed when posts are
	// counted; none means that the other end of a connection is the client.
	Proxies []netip.Prefix
	// OwnHostOnly answers requests for any other host than the base URL's with
	// 421, those for the server's health aside.
	OwnHostOnly bool
	// PreloadHTTPS says of the base URL's host, and of all hosts below it, that
	// they will always be reached with HTTPS, in the words that browsers' lists
	// of such hosts ask for (hstspreload.org). It needs a base URL with https.
	PreloadHTTPS bool
	// Posts count the forms of each client address; nil for counts of this site
	// alone.
	Posts *PostCounts
	// Metrics count the requests; nil for no counts.
	Metrics *Metrics
	// WarmUntil, if it is there, has every page made and compressed as hard as
	// can be, in the background, until it is closed. A server should; a test or a
	// command need not.
	WarmUntil <-chan struct{}
}

// server holds what handlers share.
type server struct {
	catalog   *catalog.Catalog
	site      *compare.Site
	log       *slog.Logger
	now       func() time.Time
	base      string // scheme and host, no slash at the end
	secure    bool   // the base URL is https
	host      string // the only one that is answered, "" for any
	ready     func() bool
	fault     func() error
	limits    Limits
	costly    boundedQueue
	rendering semaphore
	proxies   []netip.Prefix
	posts     *PostCounts
	metrics   *Metrics
	policies  policies
	tallies   tallies
	assets    map[string]*prepared
	pages     pageCache
	warm      <-chan struct{}                   // nil if pages are compressed for nobody
	models    map[*compare.Edition]*score.Model // everything laid out at start
	day       atomic.Pointer[dayText]
	sheets    atomic.Pointer[sheets]
	cache     *cache
	colours   colours
	index     func() (*search.Index, error) // made when first asked for
	broken    []byte                        // the error page for the day when rendering fails
}

// New returns the whole site. It returns an error if the configuration is
// incomplete, or if the error page cannot be rendered.
func New(c Config) (http.Handler, error) {
	s, err := newServer(c)
	if err != nil {
		return nil, err
	}
	if c.WarmUntil != nil {
		go s.warmUp(s.routes)
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
	if c.PreloadHTTPS && base.Scheme != "https" {
		return nil, fmt.Errorf("web: a place on the list of hosts with HTTPS needs a base URL with https, not %q", c.BaseURL)
	}
	if err := contact.Check(c.Contact); err != nil {
		return nil, fmt.Errorf("web: contact %q: %w", c.Contact, err)
	}
	s := &server{
		catalog: c.Catalog,
		site:    siteOf(c),
		log:     c.Log,
		now:     c.Now,
		base:    base.Scheme + "://" + base.Host,
		secure:  base.Scheme == "https",
		host:    hostToKeep(c, base),
		ready:   c.Ready,
		fault:   c.Fault,
		limits:  c.Limits.withDefaults(),
		proxies: c.Proxies,
		posts:   c.Posts,
		metrics: c.Metrics,
		tallies: tallies{log: c.Log.Handler(), metrics: c.Metrics, made: map[outcome]*tally{}},
		warm:    c.WarmUntil,
		models:  modelsOf(c.Catalog.All()),
	}
	s.policies = newPolicies(s.secure, c.PreloadHTTPS)
	s.assets = assetFiles(s.policies)
	s.costly = newBoundedQueue(s.limits.Costly)
	s.rendering = make(semaphore, runtime.GOMAXPROCS(0))
	s.index = sync.OnceValues(s.newIndex)
	if s.posts == nil {
		s.posts = NewPostCounts()
	}
	if s.ready == nil {
		s.ready = func() bool { return true }
	}
	if s.fault == nil {
		s.fault = func() error { return nil }
	}
	if s.cache, err = newCache(); err != nil {
		return nil, fmt.Errorf("web: make the cache of results: %w", err)
	}
	if s.colours, err = newColours(); err != nil {
		return nil, fmt.Errorf("web: make the cache of coloured code: %w", err)
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
		s.recoverPanics,
		s.ownHost,
		s.checkURL,
		getForHead,
		s.crossOrigin(),
		s.limitPosts(s.proxies),
	)
	router.NotFound(s.refuse(compare.ErrNotFound))
	router.MethodNotAllowed(s.methodNotAllowed)
	routes(router)
	return s.front(router)
}

// siteOf returns what pages say about the site, as this deployment has it.
func siteOf(c Config) *compare.Site {
	site := *c.Catalog.Site()
	if c.Contact != "" {
		site.Contact = c.Contact
	}
	return &site
}

// hostForm is a name or an address, with a port if need be.
var hostForm = regexp.MustCompile(`^([0-9A-Za-z.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?$`)

func parseBase(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return nil, err
	case u.Scheme != "http" && u.Scheme != "https", !hostForm.MatchString(u.Host):
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
		Site:        s.site,
		Only:        s.onlyComparison(),
		Here:        path,
	}
}

// onlyComparison returns the comparison if there is but one.
func (s *server) onlyComparison() *compare.Comparison {
	if all := s.catalog.All(); len(all) == 1 {
		return all[0]
	}
	return nil
}
