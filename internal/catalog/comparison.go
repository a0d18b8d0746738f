package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/internal/score"
)

var (
	slugForm   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	lowerWords = slugForm
	numberForm = regexp.MustCompile(`^[1-9][0-9]{0,3}$`)
)

// A folder is one comparison being loaded, with the documents it comes from.
type folder struct {
	*loader
	slug     string
	c        *compare.Comparison
	main     *document
	facts    *document
	claims   *document // empty where there is no such file
	readers  *document
	contras  *document // empty where there is no such file
	lock     *document
	editions map[int]*editionFiles
	measured []*measured // as the measurements of c
	order    []string    // ids of the measurements, as comparison.yaml lists them
	code     []codeBlock // of the article

	factsRead  func() decoded[factsShape]
	claimsRead func() decoded[claimsShape]
}

// editionFiles are the two documents of an edition.
type editionFiles struct{ criteria, questions *document }

// comparison loads the comparison in the folder named slug, with what
// else there is to know about it.
func (l *loader) comparison(slug string) (*compare.Comparison, more) {
	f := newFolder(l, slug)
	if !slugForm.MatchString(slug) {
		l.addf(slug, 0, "a comparison's folder is lower-case words joined by hyphens with -vs- inside: rename it")
	}
	f.strays()
	f.readAhead()
	f.readMain()
	f.readMeasurements(true)
	f.readFacts()
	article := later(f.renderArticle) // the longest step, and it needs no more than this
	f.readClaims()
	f.readEditions()
	f.readReaders()
	f.readContradictions()
	f.fill()
	f.takeArticle(article())
	f.check()
	at := more{code: f.code}
	for i := range f.c.Facts {
		at.facts = append(at.facts, f.facts.lineOf(indexed("facts", i)))
	}
	for i := range f.c.Options {
		at.support = append(at.support, f.main.lineOf(indexed("options", i)+".support"))
	}
	return f.c, at
}

// readAhead begins to decode the largest files, whose turn comes later.
func (f *folder) readAhead() {
	f.factsRead = ahead[factsShape](f, factsFile)
	f.claimsRead = ahead[claimsShape](f, claimsFile)
}

// A decoded file is a shape with its document, and what is wrong with it.
type decoded[T any] struct {
	shape    T
	doc      *document
	problems Problems
}

// ahead decodes a file in the background. What it returns waits for it.
func ahead[T any](f *folder, name string) func() decoded[T] {
	return later(func() decoded[T] {
		own := newLoader(f.fsys)
		var r decoded[T]
		r.doc = own.decode(f.file(name), &r.shape)
		r.problems = own.problems
		return r
	})
}

func newFolder(l *loader, slug string) *folder {
	return &folder{loader: l, slug: slug, c: &compare.Comparison{Slug: slug}, editions: map[int]*editionFiles{}}
}

// indexed returns the path of an item of a list.
func indexed(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

func (f *folder) file(name string) string { return path.Join(f.slug, name) }

func (f *folder) strays() {
	for _, entry := range f.list(f.slug) {
		if !entry.IsDir() {
			f.stray(f.file(entry.Name()), comparisonFile, articleFile, factsFile, claimsFile, readersFile, contrasFile)
		}
	}
}

func (f *folder) readMain() {
	var s comparisonShape
	f.main = f.decode(f.file(comparisonFile), &s)
	c := f.c
	c.Title, c.Summary, c.Finding, c.Updated = s.Title, s.Summary, s.Finding, s.Updated
	for i, o := range s.Options {
		c.Options = append(c.Options, compare.Option{
			ID: o.ID, Name: o.Name, Mark: compare.Mark(o.Mark), Light: o.Light, Dark: o.Dark,
			Support: compare.Support(o.Support),
		})
		at := "options[" + strconv.Itoa(i) + "]"
		f.colour(at+".light", o.Light, LightPage)
		f.colour(at+".dark", o.Dark, DarkPage)
	}
	for _, t := range s.Topics {
		c.Topics = append(c.Topics, compare.Topic(t))
	}
	f.order = s.Measurements
	c.Article.Title, c.Article.Summary, c.Article.Checked = s.Article.Title, s.Article.Summary, s.Article.Checked
}

// colour reports an option's colour that cannot be read on the given page.
func (f *folder) colour(at, colour, page string) {
	if colour == "" {
		return // reported as missing
	}
	ratio, ok := contrast(colour, page)
	switch {
	case !ok:
		f.wrong(f.main, at, "colour %q must be written #rrggbb in lower case", colour)
	case ratio < minContrast:
		f.wrong(f.main, at,
			"colour %s has a contrast of %.2f on the page %s: text needs %.1f, so take a %s one",
			colour, ratio, page, minContrast, map[string]string{LightPage: "darker", DarkPage: "lighter"}[page])
	}
}

// readClaims reads the claims checked. A comparison may have none.
func (f *folder) readClaims() {
	file := f.file(claimsFile)
	if !f.has(file) {
		f.claims = nothing(file)
		return
	}
	r := f.claimsRead()
	s := r.shape
	f.claims, f.problems = r.doc, append(f.problems, r.problems...)
	for _, g := range s.Groups {
		f.c.ClaimGroups = append(f.c.ClaimGroups, compare.ClaimGroup(g))
	}
	for _, raw := range s.Claims {
		f.c.Claims = append(f.c.Claims, compare.Claim{
			ID: raw.ID, Group: raw.Group, Text: raw.Claim,
			Verdict: compare.ClaimVerdict(raw.Verdict), Why: string(raw.Why), Facts: raw.Facts,
		})
	}
}

func (f *folder) readReaders() {
	var s readersShape
	f.readers = f.decode(f.file(readersFile), &s)
	for _, r := range s.Readers {
		f.c.Readers = append(f.c.Readers, compare.Reader{
			ID: r.ID, Name: r.Name, Description: r.Description,
			Answers: r.Answers, Expect: compare.Expectation(r.Expect), Why: r.Why,
		})
	}
}

// readContradictions reads which answers pull against each other. A comparison
// may say nothing of it.
func (f *folder) readContradictions() {
	file := f.file(contrasFile)
	if !f.has(file) {
		f.contras = nothing(file)
		return
	}
	var s contradictionsShape
	f.contras = f.decode(file, &s)
	for _, raw := range s.Contradictions {
		x := compare.Contradiction{ID: raw.ID, Text: raw.Text}
		for _, side := range raw.Between {
			x.Between = append(x.Between, compare.Side(side))
		}
		f.c.Contradictions = append(f.c.Contradictions, x)
	}
}

// has reports whether there is a file of that name, which need not be there.
func (f *folder) has(file string) bool {
	_, err := fs.Stat(f.fsys, file)
	return !errors.Is(err, fs.ErrNotExist)
}

// nothing stands for a file that is not there.
func nothing(file string) *document { return &document{path: file, bad: map[string]bool{}} }

// renderArticle reads and renders the article. It changes nothing that other
// steps look at, so that they may go on meanwhile.
func (f *folder) renderArticle() rendered {
	own := newLoader(f.fsys)
	source, ok := own.read(f.file(articleFile))
	if !ok {
		return rendered{problems: own.problems}
	}
	return render(text{
		file: f.file(articleFile), source: source,
		options: f.c.Options, optionsUnread: f.main.broken,
		citing: true, fact: f.c.Fact, factsUnread: f.facts.broken, units: unitsOf(f.c.Facts),
	})
}

func (f *folder) takeArticle(r rendered) {
	f.take(r)
	if f.thorough {
		f.colourCode(f.file(articleFile), r)
	}
	f.code = r.code
	a := &f.c.Article
	a.Body, a.Headings, a.Words, a.Cited = r.body, r.headings, r.words, r.cited
}

// check applies the rules that know no file, and finds their places. Where a
// file could not be read there is nothing to check against.
func (f *folder) check() {
	if f.anyBroken() {
		f.unread[f.slug] = true
		return
	}
	f.digits()
	problems := f.c.Check()
	if len(problems) == 0 && len(f.problems) == 0 {
		problems = bias(f.c) // of content that is otherwise clean
	}
	f.report(problems)
}

// report adds what rules found that know no file.
func (f *folder) report(problems []compare.Problem) {
	for _, p := range problems {
		d, at := f.place(p.At)
		if p.At == "article" || d.spoilt(at) {
			continue // reported already, where it was read
		}
		msg := p.Msg
		if field := name(at); at != "" && !strings.HasSuffix(at, "]") && !strings.Contains(msg, field) {
			msg = field + ": " + msg
		}
		f.addf(d.path, d.lineOf(at), "%s", msg)
	}
}

// bias returns what would favour one option over another for every reader. It
// needs a comparison that can be scored.
func bias(c *compare.Comparison) []compare.Problem {
	var problems []compare.Problem
	for _, e := range c.Editions {
		problems = append(problems, score.New(e).Bias()...)
	}
	e := c.Current()
	for x := 1; x < len(e.Options); x++ {
		mirror := score.NewMirror(e, x-1, x)
		for i := range c.Readers {
			a, err := c.Readers[i].AnswersTo(e)
			if err == nil && !mirror.Holds(a) { // Check has said so of others
				problems = append(problems, compare.Problem{At: indexed("readers", i), Msg: fmt.Sprintf(
					"swapping the ratings of %s and %s does not swap this reader's result", e.Options[x-1].ID, e.Options[x].ID)})
			}
		}
	}
	return problems
}

func (f *folder) anyBroken() bool {
	broken := f.measuredBroken() || f.facts.broken || f.claims.broken || f.readers.broken || f.contras.broken
	for _, e := range f.editions {
		broken = broken || e.criteria.broken || e.questions.broken
	}
	return broken
}

// place returns the document that holds the value at a path through the
// comparison, and the path within that document.
func (f *folder) place(at string) (*document, string) {
	head, _, _ := strings.Cut(at, "[")
	switch head {
	case "facts":
		return f.facts, at
	case "claims":
		return f.claims, at
	case "claim-groups":
		return f.claims, strings.TrimPrefix(at, "claim-")
	case "readers":
		return f.readers, at
	case "contradictions":
		return f.contras, at
	case "editions":
		return f.editionPlace(at)
	case "measurements":
		return f.measuredPlace(at)
	}
	return f.main, at
}

// editionPlace does what place does, for a path such as "editions[1].questions[2]".
func (f *folder) editionPlace(at string) (*document, string) {
	number, rest, _ := strings.Cut(strings.TrimPrefix(at, "editions["), "]")
	n, _ := strconv.Atoi(number)
	files := f.editions[n]
	if files == nil {
		return f.main, ""
	}
	rest = strings.TrimPrefix(rest, ".")
	for _, part := range []string{"questions", "sections", "mapping"} {
		if strings.HasPrefix(rest, part) {
			return files.questions, rest
		}
	}
	return files.criteria, rest
}
