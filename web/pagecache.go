package web

import (
	"bytes"
	"net/http"
	"net/url"
	"sync"

	"github.com/go-chi/chi/v5"

	"tiebreak/internal/compare"
)

// Pages that depend on nothing but the content and the day are rendered once,
// compressed as hard as can be and then only copied out. A page is kept from
// its first reader on, or from the start with [Config.WarmUntil].

// A pageCache keeps the pages of one day: the next day facts may be overdue.
type pageCache struct {
	mu    sync.RWMutex
	day   compare.Date
	pages map[string]*prepared // by path
	old   map[string]*prepared // of the day before
	// compressing lets one page be compressed at a time, so that the other
	// processors are left to the readers.
	compressing sync.Mutex
}

func (c *pageCache) get(path string, day compare.Date) *prepared {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.day != day {
		return nil
	}
	return c.pages[path]
}

// put keeps a page, whose body it copies, and returns what is to be sent. A page
// that is the same as the day before keeps its compressed bodies.
func (c *pageCache) put(path, route string, day compare.Date, res response) *prepared {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.day != day {
		c.day, c.old, c.pages = day, c.pages, map[string]*prepared{}
	}
	p := c.old[path]
	if p == nil || p.tag != res.tag {
		res.plain = bytes.Clone(res.plain)
		p = prepare(res)
		p.route = route
	}
	c.pages[path] = p
	return p
}

// precompress compresses the page as hard as can be, one page at a time, unless
// that is stopped before its turn. A nil channel stops nothing.
func (c *pageCache) precompress(p *prepared, stop <-chan struct{}) {
	c.compressing.Lock()
	defer c.compressing.Unlock()
	select {
	case <-stop:
		return
	default:
	}
	if !p.precompressed() {
		p.precompress()
	}
}

// cacheable reports whether the request is for nothing but a path: there is no
// end to queries.
func cacheable(r *http.Request) bool { return r.URL.RawQuery == "" && r.URL.RawPath == "" }

// cachedPage returns the response to a cacheable request if it is kept, or nil.
func (s *server) cachedPage(r *http.Request) *prepared {
	return s.pages.get(r.URL.Path, s.today())
}

// renderPage returns what is sent to a cacheable request: what was rendered while
// it waited, or what the function renders, which is kept if it is a whole page.
func (s *server) renderPage(r *http.Request, buf *bytes.Buffer, f renderFunc) (*prepared, error) {
	if p := s.cachedPage(r); p != nil {
		return p, nil
	}
	day := s.today()
	res, err := f(r, buf)
	if err != nil {
		return nil, err
	}
	if res.status != http.StatusOK {
		return prepare(res), nil
	}
	p := s.pages.put(r.URL.Path, routeOf(r), day, res)
	if s.warm != nil {
		go s.pages.precompress(p, s.warm)
	}
	return p, nil
}

// warmUp renders every page and compresses it, one after the other. A page that
// cannot be made is left out.
func (s *server) warmUp(routes func(chi.Router)) {
	pages := chi.NewRouter()
	pages.Use(s.recoverPanics)
	routes(pages)
	for _, f := range s.assets {
		s.pages.precompress(f, s.warm)
	}
	for _, page := range s.listed() {
		select {
		case <-s.warm:
			return
		default:
		}
		r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: page.path}, Header: http.Header{}}
		pages.ServeHTTP(&discardWriter{header: http.Header{}}, r)
	}
}

// A discardWriter is the writer of a response that nobody reads.
type discardWriter struct{ header http.Header }

// Header implements http.ResponseWriter.
func (w *discardWriter) Header() http.Header { return w.header }

// Write implements http.ResponseWriter.
func (*discardWriter) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader implements http.ResponseWriter.
func (*discardWriter) WriteHeader(int) {}
