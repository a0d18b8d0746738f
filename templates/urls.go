package templates

import (
	"net/url"
	"strconv"
	"strings"

	"tiebreak/internal/compare"
)

// Paths of the site's own pages.
const (
	HomePath    = "/"
	MethodPath  = "/method"
	AboutPath   = "/about"
	PrivacyPath = "/privacy"
	FeedPath    = "/feed.atom"

	GlossaryPath = "/glossary"
	// SearchPath is the path of the form that searches the site.
	SearchPath   = "/search"
	ManifestPath = "/manifest.webmanifest"

	ChangelogPath = "/changelog"
	// CorrectionsPath leads to how to report a mistake.
	CorrectionsPath = MethodPath + "#corrections"
)

// SearchForPath returns the path of what is found for the query.
func SearchForPath(query string) string {
	return withQuery(SearchPath, url.Values{"q": {query}})
}

// PagePath returns the path of a fixed page.
func PagePath(name string) string { return "/" + name }

// ArticlePath returns the path of a comparison's article.
func ArticlePath(c *compare.Comparison) string { return "/" + c.Slug }

// SectionPath returns the path of the section of an article with the given
// anchor, or of the whole if that is empty.
func SectionPath(c *compare.Comparison, anchor string) string {
	return withAnchor(ArticlePath(c), anchor)
}

// PageSectionPath returns the same of a fixed page.
func PageSectionPath(name, anchor string) string { return withAnchor(PagePath(name), anchor) }

func withAnchor(path, anchor string) string {
	if anchor == "" {
		return path
	}
	return path + "#" + anchor
}

// TablePath returns the path of a comparison's table.
func TablePath(c *compare.Comparison) string { return "/" + c.Slug + "/table" }

// TableFilterPath returns the path of the table with only one group of
// criteria (all if empty), and only those where the options differ by at least
// the given number of points (all if 0).
func TableFilterPath(c *compare.Comparison, group string, differ int) string {
	return TableWithPath(c, "", group, differ)
}

// TableWithPath is [TableFilterPath] for the table as the answers of a result
// weigh it (as it stands if code is empty).
func TableWithPath(c *compare.Comparison, code, group string, differ int) string {
	v := url.Values{}
	if code != "" {
		v.Set("with", code)
	}
	if group != "" {
		v.Set("group", group)
	}
	if differ > 0 {
		v.Set("differ", strconv.Itoa(differ))
	}
	return withQuery(TablePath(c), v)
}

// readWithPath is the table as the answers of a result weigh it, without
// filters. The code is put in as it is: a result page fills it in later.
func readWithPath(c *compare.Comparison, code string) string {
	return TablePath(c) + "?with=" + code
}

// TableDataPath returns the path of the table as a file, "csv" or "json".
func TableDataPath(c *compare.Comparison, format string) string { return TablePath(c) + "." + format }

// CriterionPath returns the path of one row of the table.
func CriterionPath(c *compare.Comparison, id string) string { return TablePath(c) + "#" + id }

// ClaimsPath returns the path of the claims checked.
func ClaimsPath(c *compare.Comparison) string { return "/" + c.Slug + "/claims" }

// ClaimsFilterPath returns the path of the claims with the given verdict only
// (all if empty).
func ClaimsFilterPath(c *compare.Comparison, verdict compare.ClaimVerdict) string {
	v := url.Values{}
	if verdict != "" {
		v.Set("verdict", string(verdict))
	}
	return withQuery(ClaimsPath(c), v)
}

// ClaimPath returns the path of one claim.
func ClaimPath(c *compare.Comparison, id string) string { return ClaimsPath(c) + "#" + id }

// MeasurementsPath returns the path of the list of measurements.
func MeasurementsPath(c *compare.Comparison) string { return "/" + c.Slug + "/measurements" }

// MeasurementPath returns the path of one measurement.
func MeasurementPath(c *compare.Comparison, id string) string {
	return MeasurementsPath(c) + "/" + id
}

// MeasurementDataPath returns the path of a measurement's results as JSON.
func MeasurementDataPath(c *compare.Comparison, id string) string {
	return MeasurementPath(c, id) + ".json"
}

// SourcesPath returns the path of a comparison's sources.
func SourcesPath(c *compare.Comparison) string { return "/" + c.Slug + "/sources" }

// SourcesReviewPath returns the path of the sources with only those facts that
// stand as r says to their review dates (all if empty).
func SourcesReviewPath(c *compare.Comparison, r compare.Review) string {
	v := url.Values{}
	if r != "" {
		v.Set("review", string(r))
	}
	return withQuery(SourcesPath(c), v)
}

// SourcesDataPath returns the path of a comparison's facts as data.
func SourcesDataPath(c *compare.Comparison) string { return SourcesPath(c) + ".json" }

// FactPath returns the path of one fact among the sources.
func FactPath(c *compare.Comparison, id string) string { return SourcesPath(c) + "#" + id }

// QuestionsPath returns the path of a comparison's questions.
func QuestionsPath(c *compare.Comparison) string { return "/" + c.Slug + "/questions" }

// QuestionPath returns the path of one question on the form.
func QuestionPath(c *compare.Comparison, id string) string { return QuestionsPath(c) + "#" + id }

// ChangePath returns the path of the form filled with a result's answers, at
// the given question, or at the top if that is empty or no longer asked.
func ChangePath(c *compare.Comparison, a compare.Answers, question string) string {
	return ChangeCodePath(c, a.Code(), question)
}

// ChangeCodePath is [ChangePath] for the answers behind a code. Codes have no
// characters that an address would have to escape.
func ChangeCodePath(c *compare.Comparison, code, question string) string {
	path := QuestionsPath(c) + "?from=" + code
	if q := c.Current().Question(question); q != nil && !q.Retired {
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

// ExportPath returns the path of a result as a file: "json", "csv", "md", "svg"
// or "png".
func ExportPath(c *compare.Comparison, a compare.Answers, form string) string {
	return ExportCodePath(c, a.Code(), form)
}

// ExportCodePath is [ExportPath] for the answers behind a code.
func ExportCodePath(c *compare.Comparison, code, form string) string {
	return ResultCodePath(c, code) + "." + form
}

// SchemaPath is the path of the JSON Schema of results.
const SchemaPath = "/schema/result.json"

func withQuery(path string, v url.Values) string {
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// TogetherPath returns the path that compares the results with the given codes,
// each with the name at the same place, "" for none. Without codes it is the
// form that asks for them.
func TogetherPath(c *compare.Comparison, codes, names []string) string {
	return togetherPath(c, "", codes, names)
}

// TogetherExportPath returns the path of the same comparison as a file, "json"
// or "md".
func TogetherExportPath(c *compare.Comparison, format string, codes, names []string) string {
	return togetherPath(c, "."+format, codes, names)
}

// discussPath returns the path of the form that asks whom to compare the result
// with the given code with.
func discussPath(c *compare.Comparison, code string) string {
	return "/" + c.Slug + "/together?r=" + code
}

func togetherPath(c *compare.Comparison, ending string, codes, names []string) string {
	v := url.Values{}
	for i, code := range codes {
		v.Add("r", code)
		if i < len(names) {
			v.Add("n", names[i])
		}
	}
	if strings.Join(names, "") == "" {
		v.Del("n")
	}
	return withQuery("/"+c.Slug+"/together"+ending, v)
}
