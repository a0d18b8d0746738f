package web

import (
	"bytes"
	"fmt"
	"net/http"

	"tiebreak/internal/escape"
	"tiebreak/internal/report"
	"tiebreak/templates"
)

// Types of what a result can be taken along as.
const (
	typeJSON     = "application/json"
	typeSchema   = "application/schema+json"
	typeCSV      = "text/csv; charset=utf-8"
	typeMarkdown = "text/markdown; charset=utf-8"
	typeSVG      = "image/svg+xml"
	typePNG      = "image/png"
)

// A resultFunc renders the response to a request for one result, as a
// [renderFunc] does.
type resultFunc func(asked askedResult, buf *bytes.Buffer) (response, error)

// file makes a result in another form than the page.
func (s *server) file(form, contentType string, body func(*report.Report) ([]byte, error), opts ...option) resultFunc {
	return func(asked askedResult, _ *bytes.Buffer) (response, error) {
		b, err := body(s.report(asked))
		if err != nil {
			return response{}, fmt.Errorf("make the %s of a result: %w", form, err) // its code is somebody's answers
		}
		// Kept out of search indexes, as the page is.
		opts := append([]option{header("X-Robots-Tag", "noindex")}, opts...)
		if form == "csv" || form == "md" {
			opts = append(opts, attachment(asked.comparison.Slug+"-"+asked.code+"."+form))
		}
		return s.newResponse(http.StatusOK, contentType, b, opts...), nil
	}
}

// shown lets other sites show a picture of ours where they link to a result.
func shown() option { return header("Cross-Origin-Resource-Policy", "cross-origin") }

// attachment makes browsers save the response under a name, which must need no
// quoting.
func attachment(name string) option {
	return header("Content-Disposition", `attachment; filename="`+name+`"`)
}

func resultMarkdown(r *report.Report) ([]byte, error) { return []byte(r.Markdown()), nil }

func resultCSV(r *report.Report) ([]byte, error) { return escape.CSV(r.Rows()) }

// schema answers with the JSON Schema of results.
func (s *server) schema(*http.Request, *bytes.Buffer) (response, error) {
	body, err := report.Schema(s.absolute(templates.SchemaPath))
	if err != nil {
		return response{}, fmt.Errorf("schema: %w", err)
	}
	return s.newResponse(http.StatusOK, typeSchema, body, cached(cacheMachines)), nil
}
