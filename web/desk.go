package web

import (
	"bytes"
	"context"
	"net/http"

	"github.com/a-h/templ"
)

// A line is where requests wait until it is their turn to have an answer made.
type line interface {
	// enter waits for the turn and returns what ends it. It returns an error if
	// the context ends first, or if there is no room to wait.
	enter(ctx context.Context) (leave func(), err error)
}

// A desk answers requests: it has each answer made in its turn and sends it.
type desk struct {
	*server
	line line // nil if nobody has to wait
}

// handle answers with what the maker makes.
func (d desk) handle(m maker) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		d.serve(w, r, func(buf *bytes.Buffer) (*prepared, error) {
			a, err := m(r, buf)
			if err != nil {
				return nil, err
			}
			return prepare(a), nil
		})
	}
}

// kept answers with what the maker made the first time that day. Only whole
// pages are kept, so their number is that of the pages there are.
func (d desk) kept(m maker) http.HandlerFunc {
	unkept := d.handle(m)
	return func(w http.ResponseWriter, r *http.Request) {
		if !keepable(r) {
			unkept(w, r)
			return
		}
		if p := d.shelved(r); p != nil {
			p.send(w, r, nil)
			return
		}
		d.serve(w, r, func(buf *bytes.Buffer) (*prepared, error) { return d.keep(r, buf, m) })
	}
}

// result answers with a result in one form. What was made is remembered: it
// depends on nothing but the code and the day, so all readers of a link get the
// same bytes.
func (d desk) result(form string, m resultMaker) http.HandlerFunc {
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
			return d.cache.fill(key, func() (answer, error) { return m(asked, buf) })
		})
	}
}

// serve sends what is made in its turn. The turn has ended by then: a slow reader
// must not keep others waiting.
func (d desk) serve(w http.ResponseWriter, r *http.Request, render func(*bytes.Buffer) (*prepared, error)) {
	var buf *bytes.Buffer
	p, err := d.inTurn(r.Context(), func() (*prepared, error) {
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

func (d desk) inTurn(ctx context.Context, do func() (*prepared, error)) (*prepared, error) {
	if d.line == nil {
		return do()
	}
	leave, err := d.line.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
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
