package journey

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// views are the ways of looking that the journeys are made in.
func views() []view {
	return []view{
		{width: 360},
		{width: 360, dark: true, script: true},
		{width: 1280, script: true},
		{width: 1280, dark: true},
	}
}

// TestEveryPage opens every kind of page in every view. What a tab checks by
// itself is most of the test: nothing scrolls sideways and all keep quiet.
func TestEveryPage(t *testing.T) {
	s := start(t)
	for _, v := range append(views(), view{width: 320, script: true}, view{width: 768, script: true}) {
		t.Run(v.String(), func(t *testing.T) {
			b := newTab(t, s.origin, v)
			for _, p := range s.stops() {
				b.open(p.path, p.status)
				if n := b.count("h1"); n != 1 {
					t.Errorf("%s has %d h1, want 1", p.path, n)
				}
				if got := eval[float64](b, brightness); v.dark != (got < 0.5) {
					t.Errorf("%s has a background of brightness %.2f, want the page dark: %v", p.path, got, v.dark)
				}
			}
		})
	}
}

// brightness of the page's background, 0 black to 1 white. The colour is drawn,
// because it may be written in any colour space.
const brightness = `(() => {
	const transparent = c => c === "transparent" || /, 0\)$|\/ 0\)$/.test(c);
	const colour = [document.body, document.documentElement].map(e => getComputedStyle(e).backgroundColor).find(c => !transparent(c)) ?? "white";
	const g = new OffscreenCanvas(1, 1).getContext("2d");
	g.fillStyle = colour; g.fillRect(0, 0, 1, 1);
	const [r, green, blue] = g.getImageData(0, 0, 1, 1).data;
	return (r + green + blue) / 765;
})()`

// TestJourney goes the whole way: home, article, table and a filter, questions,
// answers, result, a changed answer, another result; and a colleague opens the
// first link elsewhere.
func TestJourney(t *testing.T) {
	s := start(t)
	for _, v := range views() {
		t.Run(v.String(), func(t *testing.T) {
			b := newTab(t, s.origin, v)
			b.toQuestions(s)
			first := b.answerAll(s)
			sentence := b.text("h1")
			b.change(s, first)
			colleague := newTab(t, s.origin, view{width: v.width, dark: !v.dark, script: !v.script})
			colleague.open(first, http.StatusOK)
			if got := colleague.text("h1"); got != sentence {
				t.Errorf("a colleague reads %q, want %q", got, sentence)
			}
		})
	}
}

// toQuestions goes from the home page to the questions by way of the article
// and the table.
func (b *tab) toQuestions(s site) {
	b.t.Helper()
	c := s.comparison
	b.open(templates.HomePath, http.StatusOK)
	b.follow(linkTo(templates.ArticlePath(c)))
	b.follow(linkTo(templates.TablePath(c)))
	all := b.seen(criterionRow)
	if want := len(c.Current().Criteria); all != want {
		b.t.Errorf("the table shows %d criteria, want %d", all, want)
	}
	group := c.Current().Groups[1].ID
	b.pick("group", group)
	b.follow(`.filter [type="submit"]`)
	if got := b.path(); !strings.Contains(got, "group="+group) {
		b.t.Errorf("at %s after filtering, want group=%s in it", got, group)
	}
	if got := b.seen(criterionRow); got == 0 || got >= all {
		b.t.Errorf("the filtered table shows %d of %d criteria", got, all)
	}
	b.follow(linkTo(templates.QuestionsPath(c)))
}

// criterionRow finds the rows of the table that rate something.
const criterionRow = `tbody tr:has(th[scope="row"])`

// linkTo finds the links to a path that can be seen.
func linkTo(path string) string { return fmt.Sprintf(`a[href=%q]`, path) }

// pick sets a control of the page to a value: a select, or one of its radios.
func (b *tab) pick(name, value string) {
	b.t.Helper()
	radio := fmt.Sprintf(`label:has(> input[name=%q][value=%q])`, name, value)
	if b.count(radio) > 0 {
		b.click(radio)
		return
	}
	eval[bool](b, fmt.Sprintf(`(() => {
		const e = document.querySelector('select[name=%[1]q]');
		e.value = %[2]q;
		e.dispatchEvent(new Event("change", {bubbles: true}));
		return e.value === %[2]q;
	})()`, name, value))
}

// answerAll answers every question but each fifth with its first choice, says
// that the first matters more, sends the form and returns the result's path.
func (b *tab) answerAll(s site) string {
	b.t.Helper()
	e := s.comparison.Current()
	given := 0
	for i, q := range e.Asked() {
		if i%5 == 4 {
			continue
		}
		b.pick(q.ID, q.Choices[0].ID)
		given++
	}
	loud := slices.IndexFunc(e.Asked(), func(q *compare.Question) bool { return q.Fixed == nil })
	b.pick(compare.ImportanceField(e.Asked()[loud].ID), compare.High.String())
	b.follow(sendForm)
	path := b.path()
	if !resultPath.MatchString(path) {
		b.t.Fatalf("at %s after sending the form, want a result", path)
	}
	b.unfold()
	if got := b.seen(`a[href*="?from="][href*="#"]`); got < given {
		b.t.Errorf("the result has %d change links, want %d or more", got, given)
	}
	return path
}

// unfold opens the lists of what did nothing.
func (b *tab) unfold() {
	b.t.Helper()
	eval[bool](b, `[...document.querySelectorAll("details.idle")].every(d => d.open = true)`)
}

// sendForm finds the button that sends the answers.
const sendForm = `form[method="post"] .send [type="submit"]`

var resultPath = regexp.MustCompile(`^/[a-z0-9-]+/result/[0-9a-z]{6,31}$`)

// change follows a result's link to one answer, finds all answers as they
// were, gives another and sends the form again.
func (b *tab) change(s site, first string) {
	b.t.Helper()
	q := s.comparison.Current().Asked()[1]
	b.follow(fmt.Sprintf(`a[href*="?from="][href$=%q]`, "#"+q.ID))
	for i, asked := range s.comparison.Current().Asked() {
		want := asked.Choices[0].ID
		if i%5 == 4 {
			continue
		}
		if got := b.chosen(asked.ID); got != want {
			b.t.Errorf("%s is %q after following the change link, want %q", asked.ID, got, want)
		}
	}
	b.pick(q.ID, q.Choices[1].ID)
	b.follow(sendForm)
	if got := b.path(); !resultPath.MatchString(got) || got == first {
		b.t.Errorf("at %s after the change, want another result than %s", got, first)
	}
}

// chosen returns the value of the radio that is chosen under a name.
func (b *tab) chosen(name string) string {
	b.t.Helper()
	return eval[string](b, fmt.Sprintf(`document.querySelector('input[name=%q]:checked')?.value ?? ""`, name))
}

// TestKeyboard answers the questions with Tab, Space, the arrows and Enter.
func TestKeyboard(t *testing.T) {
	s := start(t)
	for _, v := range []view{{width: 1280, script: true}, {width: 360, dark: true}} {
		t.Run(v.String(), func(t *testing.T) {
			b := newTab(t, s.origin, v)
			b.open(templates.QuestionsPath(s.comparison), http.StatusOK)
			b.press(kb.Tab)
			if got := b.active(`getAttribute("href")`); !strings.HasPrefix(got, "#") {
				t.Errorf("the first stop of the Tab key leads to %q, want a skip link", got)
			}
			b.press(kb.Enter)
			answered := b.tabThrough(s)
			if want := len(s.comparison.Current().Asked()); answered < want {
				t.Fatalf("%d questions could be answered by keyboard, want %d", answered, want)
			}
			b.expect(b.path(), http.StatusOK)
			b.load("press Enter on the button", http.StatusOK, chromedp.KeyEvent(kb.Enter))
			if got := b.path(); !resultPath.MatchString(got) {
				t.Errorf("at %s after Enter, want a result", got)
			}
		})
	}
}

// tabThrough walks the form until its button has the focus. In every group of
// radios that chooses an answer it takes the one before "Not sure".
func (b *tab) tabThrough(s site) int {
	b.t.Helper()
	answered := map[string]bool{}
	for range 400 {
		b.press(kb.Tab)
		if !eval[bool](b, `(e => e && e !== document.body && e.checkVisibility())(document.activeElement)`) {
			b.t.Fatal("the focus is on nothing to be seen")
		}
		name := b.active(`getAttribute("name")`)
		switch {
		case eval[bool](b, `document.activeElement.matches('.send [type="submit"]')`):
			return len(answered)
		case isQuestion(s, name) && !answered[name]:
			b.press(kb.ArrowUp)
			b.press(" ")
			if got := b.chosen(name); got == "" || got == compare.Unsure {
				b.t.Errorf("the arrow key did not choose an answer to %s", name)
			}
			answered[name] = true
		}
	}
	b.t.Fatal("the Tab key never came to the button")
	return 0
}

func isQuestion(s site, name string) bool {
	return s.comparison.Current().Question(name) != nil
}

// active returns what an expression says about the element with the focus.
func (b *tab) active(expression string) string {
	b.t.Helper()
	return eval[string](b, `document.activeElement.`+expression+` ?? ""`)
}

// TestWrongLink opens links that were cut off or mistyped.
func TestWrongLink(t *testing.T) {
	s := start(t)
	for _, v := range []view{{width: 360}, {width: 1280, dark: true, script: true}} {
		t.Run(v.String(), func(t *testing.T) {
			b := newTab(t, s.origin, v)
			good := templates.ResultPath(s.comparison, s.answered(0))
			b.open(good[:len(good)-2], http.StatusNotFound)
			if got := strings.ToLower(b.text("main")); !strings.Contains(got, "cut off") && !strings.Contains(got, "mistyped") {
				t.Errorf("the page for a cut link says %q, want what is wrong with it", got)
			}
			b.follow(`main a[href^="/"]`)
		})
	}
}

// TestRefusedAnswer sends a choice the form does not offer, next to good ones.
func TestRefusedAnswer(t *testing.T) {
	s := start(t)
	for _, v := range []view{{width: 360}, {width: 1280, dark: true, script: true}} {
		t.Run(v.String(), func(t *testing.T) {
			b := newTab(t, s.origin, v)
			bad, good := b.refuse(s)
			if got := eval[string](b, `document.title`); !strings.HasPrefix(got, "Error: ") {
				t.Errorf("the title is %q, want Error: at its start", got)
			}
			if got := b.chosen(good.ID); got != good.Choices[0].ID {
				t.Errorf("%s is %q after the refusal, want %q kept", good.ID, got, good.Choices[0].ID)
			}
			link := fmt.Sprintf(`[role="alert"] a[href^="#%s"]`, bad.ID)
			if b.seen(link) != 1 {
				t.Fatalf("no summary with a link to #%s", bad.ID)
			}
			if v.script && !eval[bool](b, `document.activeElement.matches('[role="alert"], [role="alert"] *')`) {
				t.Error("the summary does not have the focus")
			}
			b.click(link)
			if got := eval[string](b, `location.hash`); got != "#"+bad.ID {
				t.Errorf("the summary leads to %s, want #%s", got, bad.ID)
			}
			if b.seen(fmt.Sprintf(`#%s .error-message`, bad.ID)) == 0 {
				t.Errorf("no message beside %s", bad.ID)
			}
		})
	}
}

// refuse sends the form with a choice it does not offer to one question and a
// good one to another, and returns the two. The tab is then at the form with
// its errors.
func (b *tab) refuse(s site) (bad, good *compare.Question) {
	b.t.Helper()
	questions := s.comparison.Current().Asked()
	bad, good = questions[0], questions[1]
	b.open(templates.QuestionsPath(s.comparison), http.StatusOK)
	b.pick(bad.ID, bad.Choices[0].ID)
	b.pick(good.ID, good.Choices[0].ID)
	eval[string](b, fmt.Sprintf(`document.querySelector('input[name=%q]:checked').value = "nonsense"`, bad.ID))
	b.submit(sendForm, http.StatusUnprocessableEntity)
	return bad, good
}
