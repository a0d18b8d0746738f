package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"tiebreak/internal/negotiate"
)

// What caches may do with an answer.
const (
	// Pages may be kept but must be checked before each use. The check costs a
	// 304 of a few hundred bytes. A correction is then seen at once, and no kept
	// page ever names a stylesheet that a newer release no longer has.
	cachePages = "public, no-cache"
	// Files for machines change with the content and are fetched often.
	cacheMachines = "public, max-age=3600"
	// Assets have their hash in their name.
	cacheForever = "public, max-age=31536000, immutable"
	cacheMoved   = "public, max-age=86400"
	cacheNever   = "no-store"
)

const typeHTML = "text/html; charset=utf-8"

// An answer is all that one response is made of.
type answer struct {
	status      int
	contentType string
	cache       string
	header      [][2]string
	tag         string // ETag without quotes and coding, "" for none
	plain       []byte
}

// An option changes an answer before it is written.
type option func(*answer)

// cached sets what caches may do with the answer, in Cache-Control's words.
func cached(value string) option { return func(a *answer) { a.cache = value } }

// noStore forbids caches to keep the answer.
func noStore(a *answer) { a.cache = cacheNever }

// header adds a response header. An error page that comes instead of the
// answer does not have it.
func header(key, value string) option {
	return func(a *answer) { a.header = append(a.header, [2]string{key, value}) }
}

// page renders the component and answers with it. If rendering fails nothing
// has been written.
func (s *server) page(w http.ResponseWriter, r *http.Request, status int, c templ.Component, opts ...option) error {
	buf := templ.GetBuffer()
	defer templ.ReleaseBuffer(buf)
	// A reader who leaves must not turn the page of an error into another error.
	if err := c.Render(context.WithoutCancel(r.Context()), buf); err != nil {
		return fmt.Errorf("render: %w", err)
	}
	return s.write(w, r, status, typeHTML, buf.Bytes(), opts...)
}

// write answers with the body, which it does not keep.
func (s *server) write(
	w http.ResponseWriter, r *http.Request, status int, contentType string, body []byte, opts ...option,
) error {
	deliver(w, r, s.newAnswer(status, contentType, body, opts...))
	return nil
}

// newAnswer returns the answer with the body, which it refers to. A body of
// status 200 gets an ETag and may be kept by caches like a page; others are
// never kept.
func (s *server) newAnswer(status int, contentType string, body []byte, opts ...option) answer {
	a := answer{status: status, contentType: contentType, cache: cacheNever, plain: body}
	if status == http.StatusOK {
		a.cache = cachePages
	}
	if len(opts) > 0 {
		a = a.with(opts)
	}
	if status == http.StatusOK && a.cache != cacheNever {
		a.tag = s.policies.tag(body)
	}
	return a
}

// with returns the answer after some changes. An answer without any stays off
// the heap.
func (a answer) with(opts []option) answer {
	for _, opt := range opts {
		opt(&a)
	}
	return a
}

// seeOther sends the browser on to a path of this site with GET. The path must
// come from a builder of package templates, never from a request.
func (s *server) seeOther(w http.ResponseWriter, _ *http.Request, path string) error {
	redirect(w, http.StatusSeeOther, path, cacheNever)
	return nil
}

// movedTo says that a page has another address, for ever. The path must come
// from a builder of package templates, as for seeOther.
func (s *server) movedTo(w http.ResponseWriter, _ *http.Request, path string) error {
	redirect(w, http.StatusMovedPermanently, path, cacheMoved)
	return nil
}

func redirect(w http.ResponseWriter, status int, path, cache string) {
	w.Header().Set("Cache-Control", cache)
	w.Header().Set("Location", path)
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(status)
}

// deliver writes the answer in the coding the client likes best, or only its
// headers where that is enough. A failed write means the client is gone; there
// is nobody left to tell.
func deliver(w http.ResponseWriter, r *http.Request, a answer) {
	if c, ok := w.(*capture); ok {
		a.plain = bytes.Clone(a.plain)
		c.got = &a
		return
	}
	h := w.Header()
	h.Set("Cache-Control", a.cache)
	for _, kv := range a.header {
		h.Set(kv[0], kv[1])
	}
	coding := ""
	if compressible(a.contentType) {
		// Also when this body is too small to compress: the next one at this
		// address may not be.
		h.Add("Vary", "Accept-Encoding")
		if len(a.plain) >= minCompress {
			coding = negotiate.Coding(r.Header.Values("Accept-Encoding"), offerFor(a.plain))
		}
	}
	if a.tag != "" {
		tag := negotiate.Tag(a.tag, coding)
		h.Set("ETag", tag)
		if negotiate.Matches(r.Header.Values("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	body := a.plain
	if coding != "" {
		body = packFast(coding, a.plain)
		h.Set("Content-Encoding", coding)
	}
	h.Set("Content-Type", a.contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(a.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}
