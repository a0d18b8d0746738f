package web

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/base32"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"

	"tiebreak/static"
)

// A requestState is one request being answered: its id, what was answered so far,
// and the context that the handlers see. It is one piece of memory, and since
// it brings chi's routing context with it, the request is copied only once.
type requestState struct {
	context.Context
	recorder recorder
	id       [1]string // as net/http holds a header
	routing  *chi.Context
	route    string // of a response that needed no routing
}

type requestStateKey struct{}

// Value implements [context.Context].
func (v *requestState) Value(key any) any {
	switch key {
	case requestStateKey{}:
		return v
	case chi.RouteCtxKey:
		return v.routing
	}
	return v.Context.Value(key)
}

// pattern returns the pattern of the route that answered.
func (v *requestState) pattern() string {
	if v.routing == nil {
		return v.route
	}
	return patternOf(v.routing)
}

// idOf returns the name of the request: names that clients send are not taken
// over, since they could repeat.
func idOf(r *http.Request) string {
	v, ok := r.Context().Value(requestStateKey{}).(*requestState)
	if !ok {
		return ""
	}
	return v.id[0]
}

// An idSource makes ids of requests. It takes many random bytes at once: to ask
// for those of each name was a fortieth of what a page costs.
type idSource struct {
	random *bufio.Reader
	bits   [10]byte
	text   [16]byte
}

var idSources = sync.Pool{New: func() any { return &idSource{random: bufio.NewReader(rand.Reader)} }}

// newID returns 80 random bits in base 32.
func newID() string {
	n := idSources.Get().(*idSource)
	defer idSources.Put(n)
	_, _ = io.ReadFull(n.random, n.bits[:]) // crypto/rand ends the program rather than fail
	base32.StdEncoding.Encode(n.text[:], n.bits[:])
	return string(n.text[:])
}

// routeOf returns the pattern that matched. Logs hold it instead of the path:
// a path may hold somebody's answers.
func routeOf(r *http.Request) string { return patternOf(chi.RouteContext(r.Context())) }

func patternOf(c *chi.Context) string {
	if c != nil && c.RoutePattern() != "" {
		return c.RoutePattern()
	}
	return "none"
}

// routings are chi's contexts that no request needs just now.
var routings = sync.Pool{New: func() any { return chi.NewRouteContext() }}

// front stands before the router. It names each request, for the log and for
// the reader who reports an error, sets the same policies on every response, and
// counts and logs what was answered. Pages and files that lie ready need no
// router: with it a small page came at 0.76 of a bare handler's rate, now 0.87.
func (s *server) front(router http.Handler) http.Handler {
	routes, _ := router.(chi.Routes)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := s.now()
		v := &requestState{Context: r.Context(), recorder: recorder{ResponseWriter: w}, id: [...]string{newID()}}
		if r.URL.RawPath != "" {
			r = normalized(r)
		}
		h := w.Header()
		h["X-Request-Id"] = v.id[:]
		s.metrics.begin()
		defer s.account(v, r, start)
		if p := s.preparedFor(r, start); p != nil {
			v.route = p.route
			p.send(&v.recorder, r, s.policies.lines)
			return
		}
		setLines(h, s.policies.lines)
		v.routing = routings.Get().(*chi.Context)
		v.routing.Routes = routes
		router.ServeHTTP(&v.recorder, r.WithContext(v))
	})
}

// preparedFor returns the response to a request that asks for nothing but a
// page or file that was prepared before, or nil. What the router's middleware
// would check has nothing to find in such a request, its host and length aside.
func (s *server) preparedFor(r *http.Request, now time.Time) *prepared {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || len(r.RequestURI) > s.limits.URL || !s.isOurs(r) || !cacheable(r) {
		return nil
	}
	if name, ok := strings.CutPrefix(r.URL.Path, static.Prefix); ok && s.warm != nil {
		return s.assets[name]
	}
	return s.pages.get(r.URL.Path, s.dayOf(now))
}

// normalized returns the request with its path spelled in the one way: a letter,
// digit, hyphen, dot, underscore or tilde means the same when it is
// percent-encoded (RFC 3986, section 6.2.2.2), and the router compares spellings.
func normalized(r *http.Request) *http.Request {
	raw := encodedByte.ReplaceAllStringFunc(r.URL.RawPath, func(octet string) string {
		b, err := strconv.ParseUint(octet[1:], 16, 8)
		if c := byte(b); err == nil && (c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0) {
			return string(c)
		}
		return octet
	})
	if raw == r.URL.RawPath {
		return r
	}
	same := *r.URL
	if same.RawPath = raw; raw == (&url.URL{Path: same.Path}).EscapedPath() {
		same.RawPath = ""
	}
	r = r.WithContext(r.Context()) // a copy
	r.URL = &same
	return r
}

var encodedByte = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// statusGone is what the log says about a request whose reader left before the
// response was made. It is never sent.
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

// account counts an answered request and writes its line: nothing about who
// asked, and nothing about what was answered in a form.
func (s *server) account(v *requestState, r *http.Request, start time.Time) {
	now := s.now()
	// A clock that was set back must not make a request take less than no time.
	took := max(0, now.Sub(start))
	status := v.recorder.status
	if status == 0 && v.Err() != nil {
		status = statusGone
	}
	t := s.tallies.of(outcome{v.pattern(), methodOf(r), status})
	if v.routing != nil {
		v.routing.Reset()
		routings.Put(v.routing)
		v.routing = nil
	}
	s.metrics.end(t, v.recorder.bytes, took)
	if !t.log.Enabled(v.Context, t.level) {
		return
	}
	line := slog.NewRecord(now, t.level, RequestMessage, 0)
	line.AddAttrs(slog.String("id", v.id[0]), slog.Int("bytes", v.recorder.bytes), slog.Duration("duration", took), trace(r))
	_ = t.log.Handle(v.Context, line) // as slog.Logger does: there is nowhere to say that logging fails
}

// An outcome is what requests are counted by. Routes are patterns, methods and
// statuses those that exist, so there are a few hundred at most.
type outcome struct {
	route, method string
	status        int
}

// A tally is where requests with one outcome are counted and logged.
type tally struct {
	log   slog.Handler // writes the outcome with every line
	level slog.Level
	meter meter
}

// tallies are made when an outcome is seen for the first time: finding the
// counters and writing the outcome took as long as the rest of a line.
type tallies struct {
	log     slog.Handler
	metrics *Metrics
	mu      sync.RWMutex
	made    map[outcome]*tally
}

func (t *tallies) of(o outcome) *tally {
	t.mu.RLock()
	found := t.made[o]
	t.mu.RUnlock()
	if found != nil {
		return found
	}
	made := &tally{level: accessLevel(o), meter: t.metrics.meter(o), log: t.log.WithAttrs([]slog.Attr{
		slog.String("method", o.method), slog.String("route", o.route), slog.Int("status", o.status),
	})}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.made[o] = made // should two be the first, they are alike
	return made
}

// accessLevel keeps the questions of balancers out of an ordinary log.
func accessLevel(o outcome) slog.Level {
	if isProbe(o.route) && o.status < 400 {
		return slog.LevelDebug
	}
	return slog.LevelInfo
}
