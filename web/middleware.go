package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"

	"github.com/go-chi/chi/v5"
)

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
// response is out already, the connection is cut: half a page must not pass for
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

// getForHead routes HEAD like GET; the response leaves its body out.
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
	protection.SetDenyHandler(s.refuse(errCrossOrigin))
	return protection.Handler
}
