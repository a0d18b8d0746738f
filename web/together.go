package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/internal/report"
	"tiebreak/templates"
)

// together compares the results of several people, reads the links they
// pasted, or asks for them.
func (s *server) together(r *http.Request, buf *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	query := r.URL.Query()
	if text, pasted := query["links"]; pasted {
		return s.readPasted(buf, c, strings.Join(text, "\n"))
	}
	data := templates.TogetherData{Comparison: c}
	if len(query["r"]) == 0 {
		return s.showTogether(buf, data, http.StatusOK)
	}
	data.Text = linesOf(s, c, query)
	data.Lines = c.PastedLinks(data.Text)
	switch data.Bad = tooFew(data.Lines); {
	case faulty(data.Lines):
		return s.showTogether(buf, data, http.StatusUnprocessableEntity)
	case data.Bad != "":
		data.Bad = "" // a first result, with the others still to be pasted
		return s.showTogether(buf, data, http.StatusOK)
	}
	if data.Joint, err = s.joint(c, data.Lines); err != nil {
		return response{}, err
	}
	return s.showTogether(buf, data, http.StatusOK)
}

// readPasted leads from pasted lines to the page that compares them, or shows
// the form again with what is wrong.
func (s *server) readPasted(buf *bytes.Buffer, c *compare.Comparison, text string) (response, error) {
	data := templates.TogetherData{Comparison: c, Text: text, Lines: c.PastedLinks(text)}
	if data.Bad = tooFew(data.Lines); data.Bad != "" || faulty(data.Lines) {
		return s.showTogether(buf, data, http.StatusUnprocessableEntity)
	}
	codes, names := codesOf(data.Lines)
	return seeOther(templates.TogetherPath(c, codes, names)), nil
}

func (s *server) showTogether(buf *bytes.Buffer, data templates.TogetherData, status int) (response, error) {
	title, description := "Compare results of several people", "Paste several result links and see where you agree, which disagreements matter, and what your answers come to together."
	if data.Joint != nil {
		title, description = data.Joint.Headline, data.Joint.Firmness[0]
	}
	var opts []option
	if status != http.StatusOK {
		title, opts = "Error: "+title, append(opts, noStore)
	}
	head := s.comparisonHead(data.Comparison, title, description, templates.TogetherPath(data.Comparison, nil, nil))
	head.Noindex = data.Joint != nil
	return s.page(buf, status, templates.Together(head, data), opts...)
}

// togetherJSON and togetherMarkdown give the same comparison as files. There
// is no form to go back to, so what is wrong is an error.
func (s *server) togetherJSON(r *http.Request, _ *bytes.Buffer) (response, error) {
	joint, err := s.askedJoint(r)
	if err != nil {
		return response{}, err
	}
	body, err := joint.JSON()
	if err != nil {
		return response{}, fmt.Errorf("encode the joint result: %w", err)
	}
	return s.newResponse(http.StatusOK, typeJSON, body), nil
}

func (s *server) togetherMarkdown(r *http.Request, _ *bytes.Buffer) (response, error) {
	joint, err := s.askedJoint(r)
	if err != nil {
		return response{}, err
	}
	return s.newResponse(http.StatusOK, typeMarkdown, joint.Markdown()), nil
}

func (s *server) askedJoint(r *http.Request) (*report.Joint, error) {
	c, err := s.comparison(r)
	if err != nil {
		return nil, err
	}
	lines := c.PastedLinks(linesOf(s, c, r.URL.Query()))
	for _, l := range lines {
		if l.Problem != "" {
			return nil, &compare.CodeError{Msg: l.Problem}
		}
	}
	if msg := tooFew(lines); msg != "" {
		return nil, &compare.CodeError{Msg: msg}
	}
	return s.joint(c, lines)
}

// joint computes what the results come to together.
func (s *server) joint(c *compare.Comparison, lines []compare.Pasted) (*report.Joint, error) {
	var people []compare.Answers
	for _, l := range lines {
		d, err := c.Decode(l.Code)
		if err != nil {
			return nil, fmt.Errorf("decode line %d: %w", l.Line, err)
		}
		people = append(people, d.Answers)
	}
	if len(people) == 0 {
		return nil, errors.New("no results to compare")
	}
	codes, names := codesOf(lines)
	model := s.model(people[0].Edition())
	return report.Together(report.JointInput{
		Sheet: s.sheet(people[0].Edition()).report,
		Joint: model.Together(people),
		Names: names,
		Link:  s.absolute(templates.TogetherPath(c, codes, names)),
		Together: func(form string) string {
			return s.absolute(templates.TogetherExportPath(c, form, codes, names))
		},
	}), nil
}

// unlinked takes out of a name what would make a link of it.
var unlinked = strings.NewReplacer("/result/", " result ", "://", " ")

// linesOf writes the results of an address the way a reader would paste them.
func linesOf(s *server, c *compare.Comparison, query url.Values) string {
	var b strings.Builder
	names := query["n"]
	for i, code := range query["r"] {
		if i < len(names) && names[i] != "" {
			b.WriteString(strings.Join(strings.Fields(unlinked.Replace(names[i])), " ") + ": ")
		}
		b.WriteString(s.absolute(templates.ResultCodePath(c, url.PathEscape(code))) + "\n")
	}
	return b.String()
}

func codesOf(lines []compare.Pasted) (codes, names []string) {
	for _, l := range lines {
		codes, names = append(codes, l.Code), append(names, l.Name)
	}
	return codes, names
}

func faulty(lines []compare.Pasted) bool {
	for _, l := range lines {
		if l.Problem != "" {
			return true
		}
	}
	return false
}

// tooFew says that there is nothing to compare yet, "" if there is. Lines with
// a problem of their own are spoken of there.
func tooFew(lines []compare.Pasted) string {
	if len(lines) >= 2 {
		return ""
	}
	return "Paste at least two results, one a line."
}
