package web

import (
	"bytes"
	"net/http"
	"slices"
	"unicode/utf8"

	"tiebreak/internal/compare"
	"tiebreak/internal/search"
	"tiebreak/templates"
)

const (
	maxQuery   = 200 // letters of a query that count
	hitsOfKind = 8   // places of each kind that are shown
)

// search shows the places that hold the words asked for.
func (s *server) search(r *http.Request, buf *bytes.Buffer) (response, error) {
	data := templates.SearchData{Comparisons: s.catalog.All()}
	data.Query, data.Bad = readQuery(r.URL.Query()["q"])
	title, status := "Search", http.StatusOK
	if data.Query != "" {
		title = "Search: " + data.Query
		index, err := s.index()
		if err != nil {
			return response{}, err
		}
		found, err := index.Find(r.Context(), data.Query, hitsOfKind)
		if err != nil {
			return response{}, err
		}
		data.Loose, data.Groups = found.Loose, s.groups(found)
	}
	if data.Bad != "" {
		title, status = "Error: "+title, http.StatusUnprocessableEntity
	}
	head := s.head(title, "Search the sections, rows, claims, questions and facts of this site.", templates.SearchPath)
	head.Noindex = true
	return s.page(buf, status, templates.Search(head, data))
}

// readQuery returns the query to answer, and what is wrong with it.
func readQuery(given []string) (query, bad string) {
	if len(given) == 0 {
		return "", ""
	}
	if len(given) > 1 {
		return "", "There was more than one search in this address. Type what you look for below."
	}
	query = given[0]
	if utf8.RuneCountInString(query) > maxQuery {
		return string([]rune(query)[:maxQuery]), "That was too long: only the first 200 letters were looked for."
	}
	return query, ""
}

// newIndex makes the index of all content.
func (s *server) newIndex() (*search.Index, error) {
	return search.New(s.catalog.All(), s.catalog.Pages())
}

// groups puts what was found under the headings readers see.
func (s *server) groups(found search.Found) []templates.SearchGroup {
	var groups []templates.SearchGroup
	for _, hit := range found.Hits {
		if n := len(groups); n == 0 || groups[n-1].ID != groupID(hit.Kind) {
			groups = append(groups, templates.SearchGroup{
				ID: groupID(hit.Kind), Name: kindName(hit.Kind), More: slices.Contains(found.More, hit.Kind),
			})
		}
		g := &groups[len(groups)-1]
		g.Hits = append(g.Hits, s.shownHit(hit))
	}
	return groups
}

func (s *server) shownHit(hit search.Hit) templates.SearchHit {
	shown := templates.SearchHit{Title: shownPieces(hit.Title), Snippet: shownPieces(hit.Snippet)}
	c, err := s.catalog.Get(hit.In)
	if err != nil {
		shown.Path = templates.PageSectionPath(hit.In, hit.ID)
		return shown
	}
	shown.Path = hitPath(c, hit)
	if len(s.catalog.All()) > 1 {
		shown.Where = c.Title
	}
	return shown
}

func shownPieces(list []search.Piece) []templates.SearchPiece {
	shown := make([]templates.SearchPiece, len(list))
	for i, p := range list {
		shown[i] = templates.SearchPiece(p)
	}
	return shown
}

func hitPath(c *compare.Comparison, hit search.Hit) string {
	switch hit.Kind {
	case search.Criterion:
		return templates.CriterionPath(c, hit.ID)
	case search.Claim:
		return templates.ClaimPath(c, hit.ID)
	case search.Measurement:
		return templates.MeasurementPath(c, hit.ID)
	case search.Question:
		return templates.QuestionPath(c, hit.ID)
	case search.Fact:
		return templates.FactPath(c, hit.ID)
	default:
		return templates.SectionPath(c, hit.ID)
	}
}

// kindName is the heading over places of one kind.
func kindName(k search.Kind) string {
	switch k {
	case search.Term:
		return "Glossary"
	case search.Section:
		return "Article"
	case search.Criterion:
		return "Table"
	case search.Claim:
		return "Claims checked"
	case search.Measurement:
		return "Measured"
	case search.Question:
		return "Questions"
	case search.Fact:
		return "Facts and sources"
	default:
		return "About this site"
	}
}

// groupID is the anchor of the places of one kind.
func groupID(k search.Kind) string { return "found-" + string(k) }
