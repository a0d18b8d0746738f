package web

import (
	"bytes"
	"context"
	"net/http"

	"github.com/a-h/templ"
)

// A limiter bounds how many requests are worked on at once.
type limiter interface {
	// acquire waits for the request's turn and returns what ends it. It returns
	// an error if the context ends first, or if there is no room to wait.
	acquire(ctx context.Context) (release func(), err error)
}

// A dispatcher makes HTTP handlers of functions that render: it has each response
// rendered in its turn and sends it.
type dispatcher struct {
	*server
	limiter limiter // nil if nobody has to wait
}

// handle answers with what the function renders.
func (d dispatcher) handle(f renderFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		d.serve(w, r, func(buf *bytes.Buffer) (*prepared, error) {
			res, err := f(r, buf)
			if err != nil {
				return nil, err
			}
			return prepare(res), nil
		})
	}
}

// handleCached answers with what the function rendered the first time that day.
// Only whole pages are kept, so their number is that of the pages there are.
func (d dispatcher) handleCached(f renderFunc) http.HandlerFunc {
	uncached := d.handle(f)
	return func(w http.ResponseWriter, r *http.Request) {
		if !cacheable(r) {
			uncached(w, r)
			return
		}
		if p := d.cachedPage(r); p != nil {
			p.send(w, r, nil)
			return
		}
		d.serve(w, r, func(buf *bytes.Buffer) (*prepared, error) { return d.renderPage(r, buf, f) })
	}
}

// handleResult answers with a result in one form. What was rendered is
// remembered: it depends on nothing but the code and the day, so all readers of
// a link get the same bytes.
func (d dispatcher) handleResult(form string, f resultFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		asked, err := d.asked(r)
		if err != nil {
			d.fail(w, r, err)
			return
		}
		if asked.canonical != asked.code {
			prepare(movedTo(asked.canonicalPath(form))).send(w, r, nil)
			return
		}
		key := d.keyOf(asked, form)
		if p, ok := d.cache.kept.Get(key); ok {
			p.send(w, r, nil)
			return
		}
		d.serve(w, r, func(buf *bytes.Buffer) (*prepared, error) {
			return d.cache.fill(key, func() (response, error) { return f(asked, buf) })
		})
	}
}

// serve sends what is rendered in its turn. The turn has ended by then: a slow
// reader must not keep others waiting.
func (d dispatcher) serve(w http.ResponseWriter, r *http.Request, render func(*bytes.Buffer) (*prepared, error)) {
	var buf *bytes.Buffer
	p, err := d.limited(r.Context(), func() (*prepared, error) {
		buf = templ.GetBuffer() // not before: those who wait need none
		return render(buf)
	})
	if err != nil {
		d.fail(w, r, err)
	} else {
		p.send(w, r, nil)
	}
	if buf != nil {
		templ.ReleaseBuffer(buf)
	}
}

// limited does the work when the limiter allows it.
func (d dispatcher) limited(ctx context.Context, do func() (*prepared, error)) (*prepared, error) {
	if d.limiter == nil {
		return do()
	}
	release, err := d.limiter.acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	return do()
}

// unless answers with the error that the check finds in a request, or lets the
// next handler answer.
func (s *server) unless(check func(*http.Request) error, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := check(r); err != nil {
			s.fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refuse answers every request with the error.
func (s *server) refuse(err error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, err) }
}
