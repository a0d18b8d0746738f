package web

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// Errors of requests that never reach a handler, or that no handler can use.
var (
	errForm        = errors.New("unreadable form")
	errQuery       = errors.New("unreadable query")
	errText        = errors.New("text is not UTF-8")
	errLongURL     = errors.New("address too long")
	errCrossOrigin = errors.New("form sent from another site")
)

// A methodError says which methods an address does answer.
type methodError struct{ allow []string }

func (e methodError) Error() string { return "method not allowed, only " + strings.Join(e.allow, ", ") }

// A failure is what a reader is told about an error.
type failure struct {
	status int
	title  string
	advice string
	relink bool // answering the questions gives what was asked for
}

// classify is the only place where an error becomes a status.
func classify(err error) failure {
	var code *compare.CodeError
	if errors.As(err, &code) {
		return failure{status: http.StatusNotFound, title: "This result link cannot be read", advice: code.Msg, relink: true}
	}
	if f, ok := known(err); ok {
		return f
	}
	var method methodError
	if errors.As(err, &method) {
		return failure{
			status: http.StatusMethodNotAllowed,
			title:  "This page cannot be used in that way",
			advice: "Open the address in a browser, or use one of these methods: " + strings.Join(method.allow, ", ") + ".",
		}
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return failure{
			status: http.StatusRequestEntityTooLarge,
			title:  "The form is too large",
			advice: "Answers take a few hundred letters. Reload the page with the questions and send it again.",
		}
	}
	return failure{
		status: http.StatusInternalServerError,
		title:  "Something broke on our side",
		advice: "Nothing you did is wrong. Try again in a minute. If it stays broken, tell us the request number below.",
	}
}

type knownFailure struct {
	err error
	failure
}

// known finds the failure of an error that is one value.
func known(err error) (failure, bool) {
	table := []knownFailure{
		{compare.ErrNotFound, failure{
			status: http.StatusNotFound,
			title:  "There is no such page",
			advice: "Check the address for a letter or a slash too many or too few.",
		}},
		{errForm, failure{
			status: http.StatusBadRequest,
			title:  "The form could not be read",
			advice: "Reload the page with the questions and send it again.",
		}},
		{errQuery, failure{
			status: http.StatusBadRequest,
			title:  "The address could not be read",
			advice: "Remove everything from the question mark on and try again.",
		}},
		{errText, failure{
			status: http.StatusBadRequest,
			title:  "The request holds text that cannot be read",
			advice: "Copy the link again from where you found it. Links and forms of this site are UTF-8.",
		}},
		{compare.ErrTooManyFields, failure{
			status: http.StatusBadRequest,
			title:  "The request holds too many fields",
			advice: "Our form has a few dozen. Reload the page with the questions and send it again.",
		}},
		{errLongURL, failure{
			status: http.StatusRequestURITooLong,
			title:  "The address is too long",
			advice: "No link of this site has more than a few hundred letters. Copy it again from where you found it.",
		}},
		{errCrossOrigin, failure{
			status: http.StatusForbidden,
			title:  "This form was sent from another site",
			advice: "Open the questions on this site and answer them here.",
		}},
	}
	for _, row := range append(table, refusals()...) {
		if errors.Is(err, row.err) {
			return row.failure, true
		}
	}
	return failure{}, false
}

// fail answers with the page for an error. Nothing has been written.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		// The reader has left, or at least says no more. To return would send an
		// empty page, as if it were the whole one.
		panic(http.ErrAbortHandler)
	}
	f := classify(err)
	if f.status == http.StatusInternalServerError {
		s.log.LogAttrs(r.Context(), slog.LevelError, "request failed",
			slog.String("id", idOf(r)), slog.String("route", routeOf(r)), slog.Any("error", err))
	}
	var method methodError
	if errors.As(err, &method) {
		w.Header().Set("Allow", strings.Join(method.allow, ", "))
	}
	if errors.Is(err, errBusy) {
		w.Header().Set("Retry-After", retrySeconds())
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		// The rest of the body is still on its way; do not read it.
		w.Header().Set("Connection", "close")
	}
	s.errorPage(w, r, f)
}

func (s *server) errorPage(w http.ResponseWriter, r *http.Request, f failure) {
	head := s.errorHead(f.title)
	if c, err := s.comparison(r); err == nil {
		head.Comparison = c // so that the page leads to its other pages
	}
	page := templates.Error(head, templates.ErrorData{
		Status: f.status, Title: f.title, Advice: f.advice, NewLink: f.relink, RequestID: idOf(r),
	})
	buf := templ.GetBuffer()
	defer templ.ReleaseBuffer(buf)
	res, err := s.page(buf, f.status, page)
	if err != nil {
		s.log.LogAttrs(r.Context(), slog.LevelError, "error page failed",
			slog.String("id", idOf(r)), slog.Any("error", err))
		s.lastResort(w, r)
		return
	}
	prepare(res).send(w, r, nil)
}

// errorHead has no canonical address: an error is the page of no address.
func (s *server) errorHead(title string) templates.Head {
	return templates.Head{Title: title, Noindex: true, Site: s.site, Only: s.onlyComparison()}
}

// lastResort answers with the page made at start.
func (s *server) lastResort(w http.ResponseWriter, r *http.Request) {
	prepare(s.newResponse(http.StatusInternalServerError, typeHTML, s.broken)).send(w, r, nil)
}

func (s *server) renderBroken() ([]byte, error) {
	f := classify(errors.New("rendering failed"))
	var buf bytes.Buffer
	err := templates.Error(s.errorHead(f.title), templates.ErrorData{
		Status: f.status, Title: f.title, Advice: "Nothing you did is wrong. Try again in a minute.",
	}).Render(context.Background(), &buf)
	return buf.Bytes(), err
}

// methodNotAllowed asks the router which methods would have matched: a router
// with a handler of its own for this case no longer says so by itself.
func (s *server) methodNotAllowed(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, wrongMethod(r))
}

func wrongMethod(r *http.Request) error {
	path := r.URL.RawPath
	if path == "" {
		path = r.URL.Path
	}
	var allow []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		asked := method
		if method == http.MethodHead {
			asked = http.MethodGet
		}
		if chi.RouteContext(r.Context()).Routes.Match(chi.NewRouteContext(), asked, path) {
			allow = append(allow, method)
		}
	}
	if allow == nil {
		return compare.ErrNotFound
	}
	return methodError{allow}
}
