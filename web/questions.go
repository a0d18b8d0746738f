package web

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// questions shows the form: empty, filled from the code of a result, or filled
// from readable parameters.
func (s *server) questions(r *http.Request, buf *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	query := r.URL.Query()
	if query.Has("from") {
		return s.questionsFrom(buf, c, query)
	}
	answers, err := c.Current().Params(query)
	data := templates.QuestionsData{Comparison: c, Answers: answers, Filled: answers.Count() > 0}
	return s.showQuestions(buf, data, err)
}

// questionsFrom fills the form with the answers of a result, and with those of
// other parameters in their place. An answer whose question has changed since
// is left out and named.
func (s *server) questionsFrom(buf *bytes.Buffer, c *compare.Comparison, query url.Values) (response, error) {
	if len(query["from"]) > 1 {
		return s.showQuestions(buf, templates.QuestionsData{Comparison: c, Answers: c.Current().NoAnswers()},
			&compare.InputError{Fields: map[string]string{"from": "The address names more than one result. Keep one of them."}})
	}
	decoded, err := c.Decode(query.Get("from"))
	if err != nil {
		return response{}, err
	}
	answers, lost := c.Renew(decoded.Answers)
	query.Del("from")
	others, err := c.Current().Params(query)
	for slot := range compare.MaxSlots {
		if answer := others.At(slot); answer.Choice != 0 {
			answers = answers.With(slot, answer)
		}
	}
	data := templates.QuestionsData{
		Comparison: c, Answers: answers, Filled: true, Ignored: append(decoded.Ignored, lost...),
	}
	return s.showQuestions(buf, data, err)
}

// submit reads the form that was sent and leads to its result.
func (s *server) submit(r *http.Request, buf *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	form, err := s.form(r)
	if err != nil {
		return response{}, err
	}
	answers, err := c.Current().Answers(form)
	return s.lead(buf, c, answers, err)
}

// scoreParams leads from readable parameters to their result.
func (s *server) scoreParams(r *http.Request, buf *bytes.Buffer) (response, error) {
	c, err := s.comparison(r)
	if err != nil {
		return response{}, err
	}
	answers, err := c.Current().Params(r.URL.Query())
	return s.lead(buf, c, answers, err)
}

// lead sends a reader to the result of the answers, or back to the form if
// some could not be read.
func (s *server) lead(buf *bytes.Buffer, c *compare.Comparison, a compare.Answers, err error) (response, error) {
	if err != nil {
		return s.showQuestions(buf, templates.QuestionsData{Comparison: c, Answers: a}, err)
	}
	return seeOther(templates.ResultPath(c, a)), nil
}

// showQuestions renders the form. Answers that could not be read make it a 422
// with a message beside each; every other error is returned.
func (s *server) showQuestions(buf *bytes.Buffer, data templates.QuestionsData, err error) (response, error) {
	status := http.StatusOK
	title := "Questions: " + data.Comparison.Title
	var opts []option
	if err != nil {
		if !errors.As(err, &data.Bad) {
			return response{}, err
		}
		status, title, opts = http.StatusUnprocessableEntity, "Error: "+title, append(opts, noStore)
	}
	head := s.comparisonHead(data.Comparison, title,
		"Answer a few questions about your case and see which option fits it, why, and what would change the answer.",
		templates.QuestionsPath(data.Comparison))
	return s.page(buf, status, templates.Questions(head, data), opts...)
}
