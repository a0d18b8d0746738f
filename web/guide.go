package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/static"
	"tiebreak/templates"
)

// A manifest tells a phone how the site looks among its apps.
type manifest struct {
	Name        string         `json:"name"`
	ShortName   string         `json:"short_name"`
	Description string         `json:"description,omitempty"`
	Language    string         `json:"lang"`
	Start       string         `json:"start_url"`
	Scope       string         `json:"scope"`
	Display     string         `json:"display"`
	Background  string         `json:"background_color"`
	Theme       string         `json:"theme_color"`
	Icons       []manifestIcon `json:"icons"`
}

type manifestIcon struct {
	Source  string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
}

func (s *server) manifest(_ *http.Request, _ *bytes.Buffer) (response, error) {
	site := s.catalog.Site()
	m := manifest{
		Name: site.Name, ShortName: site.Name, Description: site.Line, Language: "en",
		Start: templates.HomePath, Scope: templates.HomePath, Display: "browser",
		Background: "#fbfaf7", Theme: "#1d2733", // the paper of site.css, the ground of the icon
		Icons: []manifestIcon{{static.Icon.Path(), "any", static.Icon.ContentType(), "any"}},
	}
	for _, icon := range []struct {
		asset static.Asset
		sizes string
	}{{static.IconSmall, "192x192"}, {static.IconLarge, "512x512"}} {
		m.Icons = append(m.Icons, manifestIcon{icon.asset.Path(), icon.sizes, icon.asset.ContentType(), "any maskable"})
	}
	body, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return response{}, fmt.Errorf("encode the manifest: %w", err)
	}
	return s.newResponse(http.StatusOK, "application/manifest+json", append(body, '\n'), cached(cacheMachines)), nil
}

// guide tells programs that read for people what is here, in the form of
// llmstxt.org: Markdown with a title, a summary and lists of links.
func (s *server) guide(_ *http.Request, _ *bytes.Buffer) (response, error) {
	site := s.catalog.Site()
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", site.Name)
	if site.Line != "" {
		fmt.Fprintf(&b, "> %s\n\n", site.Line)
	}
	b.WriteString("Comparisons of technologies. Facts have a source and a date; ratings from 0 to 100 are judgements of the " +
		"editors and name the facts they rest on. A result is computed from a reader's own answers and from nothing else, " +
		"so no option is better for everybody. To quote a figure, name the source of its fact and the day it was checked.\n")
	for _, c := range s.catalog.All() {
		s.guideTo(&b, c)
	}
	b.WriteString("\n## About this site\n\n")
	for _, p := range s.catalog.Pages() {
		s.guideLine(&b, p.Title, templates.PagePath(p.Name), p.Summary)
	}
	s.guideLine(&b, "Search", templates.SearchPath, "add ?q= and words")
	s.guideLine(&b, "Schema of results", templates.SchemaPath, "JSON Schema of a result as JSON")
	s.guideLine(&b, "Feed", templates.FeedPath, "what changed, as Atom")
	return s.newResponse(http.StatusOK, typeText, []byte(b.String()), cached(cacheMachines)), nil
}

func (s *server) guideTo(b *strings.Builder, c *compare.Comparison) {
	fmt.Fprintf(b, "\n## %s\n\n%s %s\n\n", c.Title, c.Summary, c.Finding)
	s.guideLine(b, c.Article.Title, templates.ArticlePath(c), c.Article.Summary)
	e := c.Current()
	s.guideLine(b, "The table", templates.TablePath(c), fmt.Sprintf("%d criteria, each with a sourced rating for every option", len(e.Criteria)))
	s.guideLine(b, "The table as JSON", templates.TableDataPath(c, "json"), "ratings, ranges, reasons and ids of facts")
	s.guideLine(b, "The table as CSV", templates.TableDataPath(c, "csv"), "the same, one cell a line")
	s.guideLine(b, "The facts as JSON", templates.SourcesDataPath(c), "every fact with its sources, its date and what to doubt")
	if len(c.Claims) > 0 {
		s.guideLine(b, "Claims checked", templates.ClaimsPath(c), fmt.Sprintf("%d common claims, each with a verdict and its facts", len(c.Claims)))
	}
	for i := range c.Measurements {
		m := &c.Measurements[i]
		s.guideLine(b, "Measured: "+m.Title, templates.MeasurementPath(c, m.ID), m.Question)
		if m.Results != nil {
			s.guideLine(b, "Measured: "+m.Title+", as JSON", templates.MeasurementDataPath(c, m.ID), "every sample, with the machine and the versions")
		}
	}
	s.guideLine(b, "Sources", templates.SourcesPath(c), fmt.Sprintf("%d facts with their sources", len(c.Facts)))
	s.guideLine(b, "Questions", templates.QuestionsPath(c), fmt.Sprintf("%d questions whose answers make a result", len(e.Asked())))
	s.guideLine(b, "A result from parameters", templates.ScorePath(c, e.NoAnswers()),
		"add ?question=choice&…, with the ids of the form; it leads to the result, which is also there as .json and .md")
}

func (s *server) guideLine(b *strings.Builder, name, path, what string) {
	fmt.Fprintf(b, "- [%s](%s)", name, s.absolute(path))
	if what != "" {
		fmt.Fprintf(b, ": %s", what)
	}
	b.WriteByte('\n')
}
