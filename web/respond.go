package web

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
)

// What caches may do with a response.
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

// A response is all that is sent to one request.
type response struct {
	status      int
	contentType string // "" for one without a body
	cache       string
	header      [][2]string
	tag         string // ETag without quotes and coding, "" for none
	plain       []byte
}

// A renderFunc renders the response to a request, or returns why there is none.
// A page is rendered into the buffer, to which the response then refers: it
// must be sent, or its body copied, before the buffer holds another.
type renderFunc func(r *http.Request, buf *bytes.Buffer) (response, error)

// An option changes a response while it is made.
type option func(*response)

// cached sets what caches may do with the response, in Cache-Control's words.
func cached(value string) option { return func(res *response) { res.cache = value } }

// noStore forbids caches to keep the response.
func noStore(res *response) { res.cache = cacheNever }

// header adds a response header.
func header(key, value string) option {
	return func(res *response) { res.header = append(res.header, [2]string{key, value}) }
}

// page renders the component into the buffer and answers with it. A component
// needs nothing of a request, so it is rendered whoever still waits for it.
func (s *server) page(buf *bytes.Buffer, status int, c templ.Component, opts ...option) (response, error) {
	if err := c.Render(context.Background(), buf); err != nil {
		return response{}, fmt.Errorf("render: %w", err)
	}
	return s.newResponse(status, typeHTML, buf.Bytes(), opts...), nil
}

// newResponse returns the response with the body, which it refers to. A body of
// status 200 gets an ETag and may be kept by caches like a page; others are
// never kept.
func (s *server) newResponse(status int, contentType string, body []byte, opts ...option) response {
	res := response{status: status, contentType: contentType, cache: cacheNever, plain: body}
	if status == http.StatusOK {
		res.cache = cachePages
	}
	if len(opts) > 0 {
		res = res.with(opts)
	}
	if status == http.StatusOK && res.cache != cacheNever {
		res.tag = s.policies.tag(body)
	}
	return res
}

// with returns the response after some changes. One without any stays off
// the heap.
func (res response) with(opts []option) response {
	for _, opt := range opts {
		opt(&res)
	}
	return res
}

// seeOther sends the browser on to a path of this site with GET. The path must
// come from a builder of package templates, never from a request.
func seeOther(path string) response { return redirect(http.StatusSeeOther, path, cacheNever) }

// movedTo says that a page has another address, for ever. The path must come
// from a builder of package templates, as for seeOther.
func movedTo(path string) response { return redirect(http.StatusMovedPermanently, path, cacheMoved) }

func redirect(status int, path, cache string) response {
	return response{status: status, cache: cache, header: [][2]string{{"Location", path}}}
}
