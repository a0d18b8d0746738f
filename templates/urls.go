package templates

import (
	"net/url"
	"strconv"

	"tiebreak/internal/compare"
)

// Paths of the site's own pages.
const (
	HomePath    = "/"
	MethodPath  = "/method"
	AboutPath   = "/about"
	PrivacyPath = "/privacy"
	FeedPath    = "/feed.atom"
)

// PagePath returns the path of a fixed page.
func PagePath(name string) string { return "/" + name }

// ArticlePath returns the path of a comparison's article.
func ArticlePath(c *compare.Comparison) string { return "/" + c.Slug }

// TablePath returns the path of a comparison's table.
func TablePath(c *compare.Comparison) string { return "/" + c.Slug + "/table" }

// TableFilterPath returns the path of the table with only one group of
// criteria (all if empty), and only those where the options differ by at least
// the given number of points (all if 0).
func TableFilterPath(c *compare.Comparison, group string, differ int) string {
	v := url.Values{}
	if group != "" {
		v.Set("group", group)
	}
	if differ > 0 {
		v.Set("differ", strconv.Itoa(differ))
	}
	return withQuery(TablePath(c), v)
}

// TableDataPath returns the path of the table as a file, "csv" or "json".
func TableDataPath(c *compare.Comparison, format string) string { return TablePath(c) + "." + format }

// CriterionPath returns the path of one row of the table.
func CriterionPath(c *compare.Comparison, id string) string { return TablePath(c) + "#" + id }

// SourcesPath returns the path of a comparison's sources.
func SourcesPath(c *compare.Comparison) string { return "/" + c.Slug + "/sources" }

// FactPath returns the path of one fact among the sources.
func FactPath(c *compare.Comparison, id string) string { return SourcesPath(c) + "#" + id }

// QuestionsPath returns the path of a comparison's questions.
func QuestionsPath(c *compare.Comparison) string { return "/" + c.Slug + "/questions" }

// QuestionPath returns the path of one question on the form.
func QuestionPath(c *compare.Comparison, id string) string { return QuestionsPath(c) + "#" + id }

// ChangePath returns the path of the form filled with a result's answers, at
// the given question, or at the top if it is empty.
func ChangePath(c *compare.Comparison, a compare.Answers, question string) string {
	path := withQuery(QuestionsPath(c), url.Values{"from": {a.Code()}})
	if question != "" {
		path += "#" + question
	}
	return path
}

// ScorePath returns the path that turns readable parameters into a result.
func ScorePath(c *compare.Comparison, a compare.Answers) string {
	return withQuery("/"+c.Slug+"/score", a.Params())
}

// ResultPath returns the path of the result of some answers.
func ResultPath(c *compare.Comparison, a compare.Answers) string {
	return ResultCodePath(c, a.Code())
}

// ResultCodePath returns the path of the result with the given code.
func ResultCodePath(c *compare.Comparison, code string) string {
	return "/" + c.Slug + "/result/" + code
}

func withQuery(path string, v url.Values) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}
