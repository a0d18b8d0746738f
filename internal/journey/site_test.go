package journey

import (
	"encoding/xml"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tiebreak/content"
	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/templates"
	"tiebreak/web"
)

// A site is the real handler with the real content on a port of its own.
type site struct {
	origin     string
	comparison *compare.Comparison
}

// start serves the site until the test ends. A test that will have no browser
// ends here.
func start(t *testing.T) site {
	t.Helper()
	return startBehind(t, func(h http.Handler) http.Handler { return h })
}

// startBehind serves the site behind what a test puts in front of it.
func startBehind(t *testing.T, front func(http.Handler) http.Handler) site {
	t.Helper()
	browser(t)
	pages, err := catalog.Load(content.Files)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(nil)
	origin := "http://" + server.Listener.Addr().String()
	handler, err := web.New(web.Config{
		Catalog: pages,
		Log:     slog.New(slog.NewTextHandler(logs(), &slog.HandlerOptions{Level: slog.LevelError})),
		Now:     func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) },
		BaseURL: origin,
	})
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = front(handler)
	server.Start()
	t.Cleanup(server.Close)
	return site{origin, pages.All()[0]}
}

// logs is where the server's errors go: to the eye under go test -v.
func logs() io.Writer {
	if testing.Verbose() {
		return os.Stderr
	}
	return io.Discard
}

// answered returns the answers of a reader who takes, for every question but
// each fifth, the choice at the given place.
func (s site) answered(place int) compare.Answers {
	e := s.comparison.Current()
	a := e.NoAnswers()
	for i, q := range e.Asked() {
		if i%5 == 4 {
			continue
		}
		answer := compare.Answer{Choice: q.Choices[place%len(q.Choices)].Number}
		if q.Fixed != nil {
			answer.Importance = *q.Fixed
		}
		a = a.With(q.Slot, answer)
	}
	return a
}

// A stop is one page of the site under the name its picture gets.
type stop struct {
	name   string
	path   string
	status int
}

// stops lists every kind of page, with one result of every outcome, and every
// page of the site map.
func (s site) stops() []stop {
	c := s.comparison
	return s.mapped(append(s.results(), []stop{
		{"home", templates.HomePath, 200},
		{"article", templates.ArticlePath(c), 200},
		{"table", templates.TablePath(c), 200},
		{"table-filtered", templates.TableFilterPath(c, c.Current().Groups[0].ID, 10), 200},
		{"table-with-answers", templates.TableWithPath(c, s.answered(0).Code(), "", 0), 200},
		{"claims", templates.ClaimsPath(c), 200},
		{"sources", templates.SourcesPath(c), 200},
		{"questions", templates.QuestionsPath(c), 200},
		{"questions-filled", templates.ChangePath(c, s.answered(0), ""), 200},
		{"together-form", templates.TogetherPath(c, nil, nil), 200},
		{"together", templates.TogetherPath(c, []string{s.answered(0).Code(), s.answered(1).Code()}, []string{"Ana", ""}), 200},
		{"method", templates.MethodPath, 200},
		{"about", templates.AboutPath, 200},
		{"privacy", templates.PrivacyPath, 200},
		{"wrong-link", templates.ResultCodePath(c, "1000000000"), 404},
		{"not-found", "/no-such-page", 404},
	}...))
}

// mapped adds the pages that the site map lists and the stops do not.
func (s site) mapped(stops []stop) []stop {
	res, err := http.Get(s.origin + "/sitemap.xml")
	if err != nil {
		panic(err)
	}
	defer res.Body.Close()
	var listed struct {
		Pages []string `xml:"url>loc"`
	}
	if err := xml.NewDecoder(res.Body).Decode(&listed); err != nil {
		panic(err)
	}
	for _, address := range listed.Pages {
		path := strings.TrimPrefix(address, s.origin)
		if !slices.ContainsFunc(stops, func(p stop) bool { return p.path == path }) {
			stops = append(stops, stop{strings.ReplaceAll(strings.Trim(path, "/"), "/", "-"), path, 200})
		}
	}
	return stops
}

// results are the results of reference readers, the first of every outcome.
func (s site) results() []stop {
	seen := map[string]bool{}
	var out []stop
	for _, r := range s.comparison.Readers {
		if seen[r.Expect.Outcome] {
			continue
		}
		seen[r.Expect.Outcome] = true
		params := url.Values{}
		for question, answer := range r.Answers {
			params.Set(question, answer)
		}
		a, err := s.comparison.Current().Params(params)
		if err != nil {
			panic(err) // the catalog has computed this reader's result already
		}
		name := "result-" + strings.ReplaceAll(r.Expect.Outcome, " ", "-")
		out = append(out, stop{name, templates.ResultPath(s.comparison, a), 200})
	}
	return out
}
