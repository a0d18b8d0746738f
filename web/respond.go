package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
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
	contentType string // "" for an answer without a body
	cache       string
	header      [][2]string
	tag         string // ETag without quotes and coding, "" for none
	plain       []byte
}

// A maker makes the answer to a request, or returns why there is none. A page is
// rendered into the buffer, to which the answer then refers: it must be sent, or
// its body copied, before the buffer holds another.
type maker func(r *http.Request, buf *bytes.Buffer) (answer, error)

// An option changes an answer while it is made.
type option func(*answer)

// cached sets what caches may do with the answer, in Cache-Control's words.
func cached(value string) option { return func(a *answer) { a.cache = value } }

// noStore forbids caches to keep the answer.
func noStore(a *answer) { a.cache = cacheNever }

// header adds a response header.
func header(key, value string) option {
	return func(a *answer) { a.header = append(a.header, [2]string{key, value}) }
}

// page renders the component into the buffer and answers with it. A component
// needs nothing of a request, so it is rendered whoever still waits for it.
func (s *server) page(buf *bytes.Buffer, status int, c templ.Component, opts ...option) (answer, error) {
	if err := c.Render(context.Background(), buf); err != nil {
		return answer{}, fmt.Errorf("render: %w", err)
	}
	return s.newAnswer(status, typeHTML, buf.Bytes(), opts...), nil
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
func seeOther(path string) answer { return redirect(http.StatusSeeOther, path, cacheNever) }

// movedTo says that a page has another address, for ever. The path must come
// from a builder of package templates, as for seeOther.
func movedTo(path string) answer { return redirect(http.StatusMovedPermanently, path, cacheMoved) }

func redirect(status int, path, cache string) answer {
	return answer{status: status, cache: cache, header: [][2]string{{"Location", path}}}
}
