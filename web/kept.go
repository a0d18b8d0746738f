package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"tiebreak/internal/compare"
)

// Pages that depend on nothing but the content and the day are rendered once,
// compressed as hard as can be and then only copied out. A page is kept from
// its first reader on, or from the start with [Config.WarmUntil].

// A prepared answer has all its headers laid out and every body it can be sent
// as, so that sending it makes nothing new.
type prepared struct {
	tag     string // of the plain body
	status  int
	headers []headerLine
	coded   bool // Accept-Encoding matters
	// packable says that compressing pays. Then there may be two forms, of which
	// one is compressed quickly, or three, of which two are as small as can be.
	packable bool
	forms    atomic.Pointer[forms]
}

// forms are the bodies on offer, the plain one first.
type forms struct {
	all [3]form
	n   int
}

func (f *forms) list() []form { return f.all[:f.n] }

// A headerLine is a header as net/http holds it. Nobody may change the values;
// nothing can be added to them without moving them.
type headerLine struct {
	key    string
	values []string
}

func newHeaderLine(key, value string) headerLine {
	return headerLine{http.CanonicalHeaderKey(key), []string{value}}
}

// varyLine is that of every answer that comes in several codings.
var varyLine = newHeaderLine("Vary", "Accept-Encoding")

// A form is one body an answer may be sent as.
type form struct {
	coding string // "" for the plain one
	body   []byte
	etag   string
	// Values of the headers ETag, Content-Length and Content-Encoding.
	tagLine, lengthLine, codingLine []string
}

// newForm lays out a body. The label tells apart, in the ETag, bodies whose
// bytes differ.
func newForm(tag, label, coding string, body []byte) form {
	lines := [...]string{strconv.Itoa(len(body)), coding, ""}
	f := form{coding: coding, body: body, lengthLine: lines[0:1:1]}
	if tag != "" {
		f.etag = etag(tag, label)
		lines[2] = f.etag
		f.tagLine = lines[2:3:3]
	}
	if coding != "" {
		f.codingLine = lines[1:2:2]
	}
	return f
}

// prepare lays out an answer, whose body it keeps. Until [prepared.pack] has
// run, the only coding on offer is a quick one.
func prepare(a answer) *prepared {
	p := &prepared{tag: a.tag, status: a.status, coded: compressible(a.contentType)}
	p.headers = make([]headerLine, 0, 3+len(a.header))
	values := [...]string{a.cache, a.contentType}
	p.headers = append(p.headers, headerLine{"Cache-Control", values[0:1:1]}, headerLine{"Content-Type", values[1:2:2]})
	for _, kv := range a.header {
		p.headers = append(p.headers, newHeaderLine(kv[0], kv[1]))
	}
	if p.coded {
		p.headers = append(p.headers, varyLine)
	}
	p.packable = p.coded && p.status == http.StatusOK && len(a.plain) >= minCompress
	p.forms.Store(&forms{all: [3]form{newForm(p.tag, "", "", a.plain)}, n: 1})
	return p
}

// pack compresses the body as hard as can be: 40 KB take some 60 ms. No
// Zstandard: at its best it gave more bytes than Brotli for every page tried,
// and every browser that reads the one reads the other.
func (p *prepared) pack() {
	plain := p.forms.Load().all[0]
	if !p.packable {
		return
	}
	p.forms.Store(&forms{n: 3, all: [3]form{
		plain,
		newForm(p.tag, codingBrotli, codingBrotli, brotliBest(plain.body)),
		newForm(p.tag, codingGzip, codingGzip, gzipBest(plain.body)),
	}})
}

// packed reports whether pack has run, or has nothing to do.
func (p *prepared) packed() bool { return !p.packable || p.forms.Load().n == 3 }

// choose returns the form the client likes best.
func (p *prepared) choose(r *http.Request) *form {
	had := p.forms.Load()
	if !p.packable {
		return &had.all[0]
	}
	offer := quickCodings
	if had.n == 3 {
		offer = bestCodings
	}
	coding := negotiate(r.Header["Accept-Encoding"], offer)
	i := slices.IndexFunc(had.list(), func(f form) bool { return f.coding == coding })
	if i < 0 {
		return p.quick(had)
	}
	return &had.all[i]
}

// quick compresses the body for the first client that can read that. Should two
// be the first, both do the same.
func (p *prepared) quick(had *forms) *form {
	plain := had.all[0]
	made := &forms{n: 2, all: [3]form{plain, newForm(p.tag, "quick", codingGzip, gzipFast(plain.body))}}
	p.forms.CompareAndSwap(had, made) // or it was packed meanwhile, which is better
	return &made.all[1]
}

// What is on offer beside the plain body before and after packing, best first.
var (
	quickCodings = []string{codingGzip}
	bestCodings  = []string{codingBrotli, codingGzip}
)

// send writes the answer, or only its headers where that is enough.
func (p *prepared) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for _, line := range p.headers {
		h[line.key] = line.values
	}
	f := p.choose(r)
	if f.etag != "" {
		h["Etag"] = f.tagLine
		if matches(r.Header["If-None-Match"], f.etag) {
			delete(h, "Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if f.codingLine != nil {
		h["Content-Encoding"] = f.codingLine
	}
	h["Content-Length"] = f.lengthLine
	w.WriteHeader(p.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.body)
	}
}

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

// put keeps a page and returns what is to be sent. A page that is the same as
// the day before keeps its compressed bodies.
func (s *shelf) put(path string, day compare.Date, a answer) *prepared {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.day != day {
		s.day, s.old, s.pages = day, s.pages, map[string]*prepared{}
	}
	p := s.old[path]
	if p == nil || p.tag != a.tag {
		p = prepare(a)
	}
	s.pages[path] = p
	return p
}

// pack compresses the page as hard as can be, after those asked for before,
// unless that is stopped until then. A nil channel stops nothing.
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

// A capture takes the answer that a handler was about to write.
type capture struct {
	http.ResponseWriter
	got *answer
}

// kept answers with what the handler wrote the first time that day. Requests
// with a query are not kept: there is no end to them. Only whole pages are, so
// the number of paths kept is that of the pages there are.
func (s *server) kept(h func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return s.handle(func(w http.ResponseWriter, r *http.Request) error {
		if r.URL.RawQuery != "" || r.URL.RawPath != "" {
			return h(w, r)
		}
		day := s.today()
		if p := s.shelf.get(r.URL.Path, day); p != nil {
			p.send(w, r)
			return nil
		}
		c := &capture{ResponseWriter: w}
		if err := h(c, r); err != nil || c.got == nil {
			return err
		}
		if c.got.status != http.StatusOK {
			deliver(w, r, *c.got)
			return nil
		}
		p := s.shelf.put(r.URL.Path, day, *c.got)
		if s.warm != nil {
			go s.shelf.pack(p, s.warm)
		}
		p.send(w, r)
		return nil
	})
}

// warmUp makes every page and packs it, one after the other.
func (s *server) warmUp(routes http.Handler) {
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
		routes.ServeHTTP(&nowhere{header: http.Header{}}, r)
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
