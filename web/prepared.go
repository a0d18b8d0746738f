package web

import (
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"

	"tiebreak/internal/negotiate"
)

// A prepared response has all its headers laid out and every body it can be sent
// as, so that sending it makes nothing new.
type prepared struct {
	tag     string // of the plain body
	route   string // the pattern it answers for; "" for one that is found by routing alone
	status  int
	headers []headerLine
	coded   bool // Accept-Encoding matters
	// compressible says that compressing pays. Then there may be compressed
	// bodies, made quickly for the first client that can read them, or as small
	// as can be by [prepared.precompress], after which best is set.
	compressible bool
	best         atomic.Bool
	plain        representation
	gzip, brotli atomic.Pointer[representation]
}

// A headerLine is a header as net/http holds it. Nobody may change the values;
// nothing can be added to them without moving them.
type headerLine struct {
	key    string
	values []string
}

func newHeaderLine(key, value string) headerLine {
	return headerLine{http.CanonicalHeaderKey(key), []string{value}}
}

// setLines sets headers that are laid out.
func setLines(h http.Header, lines []headerLine) {
	for _, line := range lines {
		h[line.key] = line.values
	}
}

// A representation is one body a response may be sent as. It must not be copied:
// the lines are its own.
type representation struct {
	body []byte
	etag string
	// Values of the headers ETag, Content-Length and Content-Encoding.
	tagLine, lengthLine, codingLine []string
	lines                           [3]string
}

// set takes a body and lays out its headers. The label tells apart, in the
// ETag, bodies whose bytes differ.
func (f *representation) set(tag, label, coding string, body []byte) {
	var room [64]byte
	text := room[:0]
	if tag != "" {
		text = negotiate.AppendTag(text, tag, label)
	}
	tagged := len(text)
	made := string(strconv.AppendInt(text, int64(len(body)), 10)) // both in one piece of memory
	f.body, f.etag = body, made[:tagged]
	f.lines = [...]string{f.etag, made[tagged:], coding}
	f.lengthLine = f.lines[1:2:2]
	if tag != "" {
		f.tagLine = f.lines[0:1:1]
	}
	if coding != "" {
		f.codingLine = f.lines[2:3:3]
	}
}

// prepare lays out a response, whose body it keeps.
func prepare(res response) *prepared {
	p := &prepared{tag: res.tag, status: res.status, coded: compressible(res.contentType)}
	p.headers = headersOf(res, p.coded)
	p.compressible = p.coded && len(res.plain) >= minCompress
	p.plain.set(p.tag, "", "", res.plain)
	return p
}

// pageHeaders are what [headersOf] makes for nearly every page.
var pageHeaders = newHeaders(response{contentType: typeHTML, cache: cachePages}, true)

// headersOf returns the headers of a response that do not depend on the client.
func headersOf(res response, coded bool) []headerLine {
	if res.contentType == typeHTML && res.cache == cachePages && len(res.header) == 0 && coded {
		return pageHeaders
	}
	return newHeaders(res, coded)
}

func newHeaders(res response, coded bool) []headerLine {
	lines := make([]headerLine, 0, 3+len(res.header))
	lines = append(lines, newHeaderLine("Cache-Control", res.cache))
	if res.contentType != "" {
		lines = append(lines, newHeaderLine("Content-Type", res.contentType))
	}
	for _, kv := range res.header {
		lines = append(lines, newHeaderLine(kv[0], kv[1]))
	}
	if coded {
		lines = append(lines, newHeaderLine("Vary", "Accept-Encoding"))
	}
	return lines
}

// precompress compresses the body as hard as can be: 40 KB take some 60 ms. No
// Zstandard: at its best it gave more bytes than Brotli for every page tried,
// and every browser that reads the one reads the other.
func (p *prepared) precompress() {
	if !p.compressible {
		return
	}
	brotli, gzip := new(representation), new(representation)
	brotli.set(p.tag, negotiate.Brotli, negotiate.Brotli, brotliBest(p.plain.body))
	gzip.set(p.tag, negotiate.Gzip, negotiate.Gzip, gzipBest(p.plain.body))
	p.brotli.Store(brotli)
	p.gzip.Store(gzip)
	p.best.Store(true)
}

// precompressed reports whether precompress has run, or has nothing to do.
func (p *prepared) precompressed() bool { return !p.compressible || p.best.Load() }

// choose returns the representation that the client prefers.
func (p *prepared) choose(r *http.Request) *representation {
	if !p.compressible {
		return &p.plain
	}
	offer := bestCodings
	if !p.best.Load() {
		offer = quickOffer(p.plain.body)
	}
	switch negotiate.Coding(r.Header["Accept-Encoding"], offer) {
	case negotiate.Brotli:
		return p.coding(&p.brotli, negotiate.Brotli)
	case negotiate.Gzip:
		return p.coding(&p.gzip, negotiate.Gzip)
	}
	return &p.plain
}

// coding returns the body in a coding, compressed quickly if it is not there yet.
// Should two clients be the first, both have the same made.
func (p *prepared) coding(made *atomic.Pointer[representation], coding string) *representation {
	if f := made.Load(); f != nil {
		return f
	}
	f := new(representation)
	f.set(p.tag, "quick-"+coding, coding, compressFast(coding, p.plain.body))
	made.CompareAndSwap(nil, f) // or it was compressed harder meanwhile, which is better
	return f
}

// What is on offer beside the plain body before and after
// [prepared.precompress], best first.
var (
	quickCodings = []string{negotiate.Gzip}
	bestCodings  = []string{negotiate.Brotli, negotiate.Gzip}
)

// send writes the response under the policies, or only its headers where that is
// enough. A client that has the response has the policies it came under, on which
// its tag depends: a 304 does not tell them again.
func (p *prepared) send(w http.ResponseWriter, r *http.Request, policies []headerLine) {
	h := w.Header()
	setLines(h, p.headers)
	f := p.choose(r)
	if wanted := r.Header["If-Match"]; wanted != nil && p.status == http.StatusOK && !negotiate.Requires(wanted, f.etag) {
		p.refuse(w, policies)
		return
	}
	if f.etag != "" {
		h["Etag"] = f.tagLine
		if negotiate.Matches(r.Header["If-None-Match"], f.etag) {
			delete(h, "Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	setLines(h, policies)
	if f.codingLine != nil {
		h["Content-Encoding"] = f.codingLine
	}
	status, body := p.status, f.body
	h["Content-Length"] = f.lengthLine
	if from, to, ok := f.part(r); ok && status == http.StatusOK {
		status, body = http.StatusPartialContent, f.body[from:to]
		h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to-1, len(f.body)))
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// refuse says that the response is not the one that the client has in mind.
func (p *prepared) refuse(w http.ResponseWriter, policies []headerLine) {
	h := w.Header()
	setLines(h, policies)
	delete(h, "Content-Type")
	h.Set("Cache-Control", cacheNever)
	h.Set("Content-Length", "0")
	w.WriteHeader(http.StatusPreconditionFailed)
}

// part returns which bytes of the body the request asks for, if it does.
func (f *representation) part(r *http.Request) (from, to int, ok bool) {
	asked := r.Header["Range"]
	if asked == nil || r.Method != http.MethodGet {
		return 0, 0, false
	}
	return negotiate.Part(asked, r.Header["If-Range"], f.etag, len(f.body))
}
