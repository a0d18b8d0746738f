package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"tiebreak/internal/compare"
)

// Errors of requests that would be answered at another time or place.
var (
	errBusy     = errors.New("all places for costly requests are taken")
	errTooOften = errors.New("too many posts from one address")
	errHost     = errors.New("another host was asked for")
)

// refusals are what readers are told about them.
func refusals() []knownFailure {
	return []knownFailure{
		{errBusy, failure{
			status: http.StatusServiceUnavailable,
			title:  "Too many people ask for this at once",
			advice: "Wait a few seconds and try again. All other pages answer as usual.",
		}},
		{errTooOften, failure{
			status: http.StatusTooManyRequests,
			title:  "Too many forms came from your address",
			advice: "Wait a minute, go back to your answers and send them again.",
		}},
		{errHost, failure{
			status: http.StatusMisdirectedRequest,
			title:  "This host name is not ours",
			advice: "Copy the link again from where you found it.",
		}},
	}
}

// Limits bound what one request may ask for. Zero means the default.
type Limits struct {
	Body   int64 // bytes of a posted form; default 64 KiB
	URL    int   // bytes of the request's address; default 8 KiB
	Fields int   // fields of a form or query; default [compare.MaxFields]
	// Costly is how many requests for cards, joint results and searches are
	// worked on at once; default one for each processor, at least 2. Eight times
	// as many may wait for a moment.
	Costly int
	// Posts is how many forms one client address may send in a minute; default
	// without limit, which suits tests. All of an IPv6 /64 are one address.
	Posts int
}

func (l Limits) withDefaults() Limits {
	if l.Body == 0 {
		l.Body = 64 << 10
	}
	if l.URL == 0 {
		l.URL = 8 << 10
	}
	if l.Fields == 0 {
		l.Fields = compare.MaxFields
	}
	if l.Costly == 0 {
		l.Costly = max(2, runtime.GOMAXPROCS(0))
	}
	return l
}

// How long a costly request waits for its turn, and when those who are sent
// away may come back.
const (
	costlyWait = 2 * time.Second
	retryAfter = 5 * time.Second
)

// A semaphore counts: its capacity is how many requests may hold it at once.
type semaphore chan struct{}

// acquire implements [limiter]. Requests get it in the order in which they come.
func (s semaphore) acquire(ctx context.Context) (release func(), err error) {
	select {
	case s <- struct{}{}:
		return s.release, nil
	default: // to ask for Done makes a channel
	}
	select {
	case s <- struct{}{}:
		// A goroutine that a channel wakes runs next on its processor. In a
		// crowd a chain of these kept the scheduler from looking at the
		// network, and one in a hundred new requests waited 46 ms; after
		// yielding, 19.
		runtime.Gosched()
		return s.release, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (s semaphore) release() { <-s }

// A boundedQueue is a limiter that lets a number of requests work and some more
// wait.
type boundedQueue struct{ present, working semaphore }

func newBoundedQueue(n int) boundedQueue {
	return boundedQueue{present: make(semaphore, 9*n), working: make(semaphore, n)}
}

// acquire implements [limiter]. It returns errBusy if there is no room to wait,
// or if the turn does not come soon.
func (q boundedQueue) acquire(ctx context.Context) (release func(), err error) {
	select {
	case q.present <- struct{}{}:
	default:
		return nil, errBusy
	}
	patience, cancel := context.WithTimeoutCause(ctx, costlyWait, errBusy)
	defer cancel()
	done, err := q.working.acquire(patience)
	if err != nil {
		q.present.release()
		return nil, err
	}
	return func() { done(); q.present.release() }, nil
}

// PostCounts are how many forms came from each client address. One value serves
// all sites of a program, so that content that is read again forgets no count.
type PostCounts struct{ counter httprate.LimitCounter }

// postWindow is the time in which forms are counted.
const postWindow = time.Minute

// NewPostCounts returns counts of nobody.
func NewPostCounts() *PostCounts {
	return &PostCounts{httprate.NewLocalLimitCounter(postWindow)}
}

// limitPosts counts what each client address sends in a minute. The addresses
// are kept in memory for two minutes, and nowhere else.
func (s *server) limitPosts(proxies []netip.Prefix) func(http.Handler) http.Handler {
	if s.limits.Posts == 0 {
		return func(next http.Handler) http.Handler { return next }
	}
	find := clientAddress(proxies)
	limit := httprate.LimitBy(s.limits.Posts, postWindow, clientKey,
		httprate.WithLimitCounter(s.posts.counter),
		httprate.WithLimitHandler(s.refuse(errTooOften)),
		httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}))
	return func(next http.Handler) http.Handler {
		limited := find(limit(next))
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				limited.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// clientAddress finds who sent a request: the other end of the connection, or
// what a proxy at one of the trusted addresses says in X-Forwarded-For. From
// anybody else that header is only a claim.
func clientAddress(proxies []netip.Prefix) func(http.Handler) http.Handler {
	if len(proxies) == 0 {
		return middleware.ClientIPFromRemoteAddr
	}
	trusted := make([]string, len(proxies))
	for i, p := range proxies {
		trusted[i] = p.String()
	}
	return middleware.ClientIPFromXFF(trusted...)
}

// clientKey is what posts are counted by. Requests whose sender cannot be told
// share one count.
func clientKey(r *http.Request) (string, error) {
	return httprate.CanonicalizeIP(middleware.GetClientIP(r.Context())), nil
}

// ownHost sends requests for other hosts away. Balancers, which ask for the
// health of an address, may call the host what they like.
func (s *server) ownHost(next http.Handler) http.Handler {
	if s.host == "" {
		return next
	}
	return s.unless(func(r *http.Request) error {
		if !s.isOurs(r) && !isProbe(r.URL.Path) {
			return errHost
		}
		return nil
	}, next)
}

// isOurs reports whether the request names a host that is answered.
func (s *server) isOurs(r *http.Request) bool {
	return s.host == "" || hostOf(s.secure, r.Host) == s.host
}

func isProbe(path string) bool { return path == "/healthz" || path == "/livez" || path == "/readyz" }

// hostOf writes a host in one way: lower case, without the dot that may end a
// name and without the port that the scheme has anyway.
func hostOf(secure bool, host string) string {
	host = strings.ToLower(host)
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		return strings.TrimSuffix(host, ".")
	}
	name = strings.TrimSuffix(name, ".")
	if port != "" && !(secure && port == "443") && !(!secure && port == "80") {
		return net.JoinHostPort(name, port)
	}
	if strings.Contains(name, ":") {
		return "[" + name + "]"
	}
	return name
}

// hostToKeep is the host that requests must name, "" if any will do.
func hostToKeep(c Config, base *url.URL) string {
	if !c.OwnHostOnly {
		return ""
	}
	return hostOf(base.Scheme == "https", base.Host)
}

// retrySeconds is what Retry-After says to those who are sent away.
func retrySeconds() string { return strconv.Itoa(int(retryAfter / time.Second)) }
