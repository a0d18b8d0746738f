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

// A shelf keeps the pages of one day: the next day facts may be overdue.
type shelf struct {
	mu    sync.RWMutex
	day   compare.Date
	pages map[string]*prepared // by path
	old   map[string]*prepared // of the day before
	// packing lets one page be packed at a time, so that the other processors
	// are left to the readers.
	packing sync.Mutex
}

func (s *shelf) get(path string, day compare.Date) *prepared {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.day != day {
		return nil
	}
	return s.pages[path]
}

// put keeps a page, whose body it copies, and returns what is to be sent. A page
// that is the same as the day before keeps its compressed bodies.
func (s *shelf) put(path, route string, day compare.Date, a answer) *prepared {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.day != day {
		s.day, s.old, s.pages = day, s.pages, map[string]*prepared{}
	}
	p := s.old[path]
	if p == nil || p.tag != a.tag {
		a.plain = bytes.Clone(a.plain)
		p = prepare(a)
		p.route = route
	}
	s.pages[path] = p
	return p
}

// pack compresses the page as hard as can be, one page at a time, unless that is
// stopped before its turn. A nil channel stops nothing.
func (s *shelf) pack(p *prepared, stop <-chan struct{}) {
	s.packing.Lock()
	defer s.packing.Unlock()
	select {
	case <-stop:
		return
	default:
	}
	if !p.packed() {
		p.pack()
	}
}

// keepable reports whether the request is for nothing but a path: there is no
// end to queries.
func keepable(r *http.Request) bool { return r.URL.RawQuery == "" && r.URL.RawPath == "" }

// shelved returns the answer to a keepable request if it is kept, or nil.
func (s *server) shelved(r *http.Request) *prepared {
	return s.shelf.get(r.URL.Path, s.today())
}

// keep returns what is sent to a keepable request: what was made while it waited,
// or what the maker makes, which is kept if it is a whole page.
func (s *server) keep(r *http.Request, buf *bytes.Buffer, m maker) (*prepared, error) {
	if p := s.shelved(r); p != nil {
		return p, nil
	}
	day := s.today()
	a, err := m(r, buf)
	if err != nil {
		return nil, err
	}
	if a.status != http.StatusOK {
		return prepare(a), nil
	}
	p := s.shelf.put(r.URL.Path, routeOf(r), day, a)
	if s.warm != nil {
		go s.shelf.pack(p, s.warm)
	}
	return p, nil
}

// warmUp makes every page and packs it, one after the other. A page that cannot
// be made is left out.
func (s *server) warmUp(routes func(chi.Router)) {
	pages := chi.NewRouter()
	pages.Use(s.recoverPanics)
	routes(pages)
	for _, f := range s.assets {
		s.shelf.pack(f, s.warm)
	}
	for _, page := range s.listed() {
		select {
		case <-s.warm:
			return
		default:
		}
		r := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: page.path}, Header: http.Header{}}
		pages.ServeHTTP(&nowhere{header: http.Header{}}, r)
	}
}

// nowhere is a response that nobody reads.
type nowhere struct{ header http.Header }

// Header implements http.ResponseWriter.
func (n *nowhere) Header() http.Header { return n.header }

// Write implements http.ResponseWriter.
func (*nowhere) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader implements http.ResponseWriter.
func (*nowhere) WriteHeader(int) {}
