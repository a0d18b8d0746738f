package web

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"

	"github.com/go-chi/chi/v5"
)

// A visit is the context of a request with its name.
type visit struct {
	context.Context
	id [1]string // as net/http holds a header
}

type visitKey struct{}

// Value implements [context.Context].
func (v *visit) Value(key any) any {
	if key == (visitKey{}) {
		return v
	}
	return v.Context.Value(key)
}

// requestID names the request, for the log and for the reader who reports an
// error. Names that clients send are not taken over: they could repeat.
func (s *server) requestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Context: r.Context(), id: [...]string{rand.Text()[:16]}}
		w.Header()["X-Request-Id"] = v.id[:]
		next.ServeHTTP(w, r.WithContext(v))
	})
}

func idOf(r *http.Request) string {
	v, ok := r.Context().Value(visitKey{}).(*visit)
	if !ok {
		return ""
	}
	return v.id[0]
}

// routeOf returns the pattern that matched. Logs hold it instead of the path:
// a path may hold somebody's answers.
func routeOf(r *http.Request) string {
	if rctx := chi.RouteContext(r.Context()); rctx != nil && rctx.RoutePattern() != "" {
		return rctx.RoutePattern()
	}
	return "none"
}

// statusGone is what the log says about a request whose reader left before the
// answer was made. It is never sent.
const statusGone = 499

// A recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
}

// WriteHeader records and passes on the status.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts and passes on the bytes.
func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// RequestMessage is what the log calls a request that was answered.
const RequestMessage = "request"

// accessLog writes one line for each request, with nothing about who asked
// and nothing about what was answered in a form.
func (s *server) accessLog(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.now()
		rec := &recorder{ResponseWriter: w}
		s.metrics.begin()
		defer func() {
			// A clock that was set back must not make a request take less than no time.
			took := max(0, s.now().Sub(start))
			status := rec.status
			if status == 0 && r.Context().Err() != nil {
				status = statusGone
			}
			route, method := routeOf(r), methodOf(r)
			s.metrics.end(route, method, status, rec.bytes, took)
			s.log.LogAttrs(r.Context(), accessLevel(route, status), RequestMessage,
				slog.String("id", idOf(r)),
				slog.String("method", method),
				slog.String("route", route),
				slog.Int("status", status),
				slog.Int("bytes", rec.bytes),
				slog.Duration("duration", took),
				trace(r),
			)
		}()
		next.ServeHTTP(rec, r)
	})
}

// accessLevel keeps the questions of balancers out of an ordinary log.
func accessLevel(route string, status int) slog.Level {
	if isProbe(route) && status < 400 {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// traceparent is the only form of that header that is logged: what anybody
// else writes into it is nobody's trace.
var traceparent = regexp.MustCompile(`^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$`)

// trace names the trace that a proxy made the request part of. Without one
// nothing is logged: slog leaves an empty attribute out.
func trace(r *http.Request) slog.Attr {
	if values := r.Header["Traceparent"]; len(values) == 1 && traceparent.MatchString(values[0]) {
		return slog.String("traceparent", values[0])
	}
	return slog.Attr{}
}

// methodOf keeps invented methods, which may be any word, out of the log.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
		http.MethodDelete, http.MethodConnect, http.MethodOptions, http.MethodTrace:
		return r.Method
	}
	return "other"
}

// recoverPanics turns a panic into the page for a broken server. If part of an
// answer is out already, the connection is cut: half a page must not pass for
// a whole one.
func (s *server) recoverPanics(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if err, ok := v.(error); ok && err == http.ErrAbortHandler {
				panic(v)
			}
			s.log.LogAttrs(r.Context(), slog.LevelError, "panic",
				slog.String("id", idOf(r)), slog.String("route", routeOf(r)),
				slog.String("panic", fmt.Sprint(v)), slog.String("stack", string(debug.Stack())))
			if rec, ok := w.(*recorder); ok && rec.status != 0 {
				panic(http.ErrAbortHandler)
			}
			s.afterPanic(w, r)
		}()
		next.ServeHTTP(w, r)
	})
}

// afterPanic answers with the page made at start: what panicked may have been
// the rendering.
func (s *server) afterPanic(w http.ResponseWriter, r *http.Request) {
	for _, key := range []string{"ETag", "Content-Encoding", "Content-Disposition", "Location", "Vary"} {
		w.Header().Del(key)
	}
	s.lastResort(w, r)
}

// contentSecurity allows what this site serves itself, and nothing inline. Its
// script asks for the facts an article cites, and Lighthouse reads /robots.txt
// under this policy.
const contentSecurity = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; " +
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// securityHeaders sets the same policies on every answer.
func (s *server) securityHeaders(next http.Handler) http.Handler {
	policies := []headerLine{
		newHeaderLine("Content-Security-Policy", contentSecurity),
		newHeaderLine("X-Content-Type-Options", "nosniff"),
		newHeaderLine("X-Frame-Options", "DENY"),
		// A result's address holds answers: other sites learn none of it. Not
		// no-referrer, which would also hide from us that a form is our own.
		newHeaderLine("Referrer-Policy", "same-origin"),
		newHeaderLine("Cross-Origin-Opener-Policy", "same-origin"),
		newHeaderLine("Cross-Origin-Resource-Policy", "same-origin"),
		newHeaderLine("Permissions-Policy", permissions()),
	}
	if s.secure {
		policies = append(policies, newHeaderLine("Strict-Transport-Security", "max-age=63072000"))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for _, p := range policies {
			h[p.key] = p.values
		}
		next.ServeHTTP(w, r)
	})
}

// permissions gives up what this site never asks for. Writing to the clipboard
// is not among it: copy buttons do.
func permissions() string {
	features := []string{
		"accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
		"magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
	}
	return strings.Join(features, "=(), ") + "=()"
}

// getForHead routes HEAD like GET; the answer leaves its body out.
func getForHead(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			chi.RouteContext(r.Context()).RouteMethod = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}

// crossOrigin refuses forms that another site makes a browser send.
func (s *server) crossOrigin() func(http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	if err := protection.AddTrustedOrigin(s.base); err != nil {
		panic(fmt.Errorf("web: base URL as origin: %w", err)) // New has checked it
	}
	protection.SetDenyHandler(s.handle(func(http.ResponseWriter, *http.Request) error {
		return errCrossOrigin
	}))
	return protection.Handler
}
