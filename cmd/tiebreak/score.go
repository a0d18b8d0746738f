package main

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strings"

	"tiebreak/internal/catalog"
	"tiebreak/internal/compare"
	"tiebreak/web"
)

// localBase stands in links where no base URL is given: a server started with
// no flags answers there.
const localBase = "http://localhost:8080"

type scoreCommand struct {
	contentFlag
	Comparison string   `arg:"" help:"Comparison, such as nodejs-vs-python."`
	Answers    []string `arg:"" optional:"" sep:"none" placeholder:"question=choice[.importance]" help:"Answers, as in team=js or load=requests.high."`
	JSON       bool     `name:"json" help:"Print the result for programs, as the .json address of its page does."`
	BaseURL    string   `twin:"TIEBREAK_BASE_URL" placeholder:"URL" help:"Address of the site in links; without it ${local_base}."`
}

// Help is what the help of the command says below its first line.
func (scoreCommand) Help() string {
	return "An answer is question=choice or question=choice.importance, the importance being low, normal, high or must. " +
		"Questions left out count for nothing.\n\n" +
		"Exit code 0: an option is ahead, however little; the verdict says how firmly. " +
		"1: the program failed. " +
		"2: the comparison or an answer cannot be read; the error says which, and nothing is printed. " +
		"3: no option is ahead: nothing with any weight was answered, there is a tie, or must rules exclude every option; " +
		"the result is printed all the same."
}

// Run prints the decision the answers come to.
func (c *scoreCommand) Run(p program) error {
	pages, comparison, err := c.load(c.Comparison)
	if err != nil {
		return fmt.Errorf("score: %w", err)
	}
	answers, err := readAnswers(comparison.Current(), c.Answers)
	if err != nil {
		return fmt.Errorf("score: %w", err)
	}
	config := web.Config{Catalog: pages, Log: slog.New(slog.DiscardHandler), Now: p.now, BaseURL: cmp.Or(c.BaseURL, localBase)}
	r, err := web.Report(config, comparison, answers)
	if err != nil {
		return fmt.Errorf("score: %w", err)
	}
	text := []byte(resultText(r))
	if c.JSON {
		if text, err = r.JSON(); err != nil {
			return fmt.Errorf("score: %w", err)
		}
	}
	if _, err := p.stdout.Write(text); err != nil {
		return fmt.Errorf("score: print the result: %w", err)
	}
	if r.Leader == "" {
		return fmt.Errorf("score: %w", coded{errors.New("no option is ahead"), exitUndecided})
	}
	return nil
}

// load reads the content and finds a comparison in it.
func (f contentFlag) load(slug string) (*catalog.Catalog, *compare.Comparison, error) {
	files, err := f.files()
	if err != nil {
		return nil, nil, err
	}
	pages, err := catalog.Load(files)
	if err != nil {
		return nil, nil, fmt.Errorf("load content: %w", err)
	}
	comparison, err := pages.Get(slug)
	if err != nil {
		var slugs []string
		for _, c := range pages.All() {
			slugs = append(slugs, c.Slug)
		}
		return nil, nil, coded{fmt.Errorf("there is no comparison %q: take one of %s", slug, strings.Join(slugs, ", ")), exitUsage}
	}
	return pages, comparison, nil
}

// readAnswers reads answers from arguments. Its error names every argument that
// cannot be read, with what could stand there.
func readAnswers(e *compare.Edition, args []string) (compare.Answers, error) {
	params := url.Values{}
	said := map[string][]string{} // arguments by question
	var bad []string
	for _, arg := range args {
		field, answer, ok := strings.Cut(arg, "=")
		id := strings.TrimSuffix(field, compare.ImportanceField(""))
		switch {
		case !ok || id == "":
			bad = append(bad, arg+": An answer is written question=choice or question=choice.importance.")
		case e.Question(id) == nil:
			bad = append(bad, fmt.Sprintf("%s: There is no question %q. The questions are %s.", arg, id, questionIDs(e)))
		default:
			params.Add(field, answer)
			said[id] = append(said[id], arg)
		}
	}
	a, err := e.Params(params)
	var input *compare.InputError
	if err != nil && !errors.As(err, &input) {
		return a, err
	}
	if input != nil {
		bad = append(bad, unread(e, said, input)...)
	}
	if len(bad) > 0 {
		return a, coded{fmt.Errorf("%s cannot be read\n  %s", count(len(bad), "answer"), strings.Join(bad, "\n  ")), exitUsage}
	}
	return a, nil
}

// unread says what is wrong with each answer, and what may stand there.
func unread(e *compare.Edition, said map[string][]string, input *compare.InputError) []string {
	var lines []string
	for i := range e.Questions {
		q := &e.Questions[i]
		arg := strings.Join(said[q.ID], " ")
		switch asked, retired := input.Questions[q.ID], cmp.Or(input.Fields[q.ID], input.Fields[compare.ImportanceField(q.ID)]); {
		case asked != "":
			lines = append(lines, fmt.Sprintf("%s: %s Its choices are %s.", arg, asked, choiceIDs(q)))
		case retired != "":
			lines = append(lines, arg+": "+retired)
		}
	}
	return lines
}

func questionIDs(e *compare.Edition) string {
	var ids []string
	for _, q := range e.Asked() {
		ids = append(ids, q.ID)
	}
	return strings.Join(ids, ", ")
}

func choiceIDs(q *compare.Question) string {
	var ids []string
	for _, ch := range q.Offered() {
		ids = append(ids, ch.ID)
	}
	return strings.Join(slices.Concat(ids, []string{compare.Unsure}), ", ")
}
