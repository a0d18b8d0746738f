package journey

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"tiebreak/templates"
)

// TestSearchKey finds something with the keyboard alone: the key for the
// search, words, Enter.
func TestSearchKey(t *testing.T) {
	s := start(t)
	b := newTab(t, s.origin, scripted())
	b.open(templates.ArticlePath(s.comparison), http.StatusOK)
	// As a keyboard does: the key, and a letter only if nobody took the key.
	b.do("press the key", call(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: "keyDown", Key: "/", Text: "/"}))
	if got := b.active(`name`); got != "q" {
		t.Fatalf("the key leads to %q, want the search", got)
	}
	b.press("loop/x")
	if got := b.active(`value`); got != "loop/x" {
		t.Errorf("typed loop/x, the search holds %q", got)
	}
	b.press(kb.Backspace + kb.Backspace)
	b.load("press Enter", http.StatusOK, chromedp.KeyEvent(kb.Enter))
	if got := b.path(); got != templates.SearchForPath("loop") {
		t.Errorf("at %s, want what is found for loop", got)
	}
	if b.seen(".hits mark") == 0 {
		t.Error("nothing found is marked")
	}
	b.follow(".hits a")
	small := newTab(t, s.origin, view{width: 360})
	small.open(templates.TablePath(s.comparison), http.StatusOK)
	small.follow(".search-link")
	if small.seen("#query") != 1 {
		t.Error("the link to the search leads to no field")
	}
}

// TestCitation opens a fact where it is cited, by mouse and by keyboard.
// Without scripts the citation leads to the list.
func TestCitation(t *testing.T) {
	s := start(t)
	article := templates.ArticlePath(s.comparison)
	id := s.comparison.Article.Cited[0]
	link, item := fmt.Sprintf("#ref-%s-1", id), "#cite-"+id
	plain := newTab(t, s.origin, view{width: 360})
	plain.open(article, http.StatusOK)
	plain.click(link)
	if got := eval[string](plain, `location.hash`); got != item {
		t.Errorf("without scripts the citation leads to %q, want %q", got, item)
	}
	for _, width := range []int64{360, 1280} {
		b := newTab(t, s.origin, view{width: width, script: true})
		b.open(article, http.StatusOK)
		b.click(link)
		b.opened(s.comparison.Fact(id).Statement)
		b.fits("a fact opened")
		b.press(kb.Escape)
		b.closed(link, "Escape")
		b.press(kb.Enter)
		b.opened(s.comparison.Fact(id).Statement)
		b.press(kb.Enter) // the box itself does nothing
		b.opened(s.comparison.Fact(id).Statement)
		b.click(".opened button")
		b.closed(link, "the button")
		b.click(link)
		b.click(link)
		b.closed(link, "the same citation")
		b.click(link)
		b.opened(s.comparison.Fact(id).Statement)
		b.click("#cited")
		if n := b.seen(".opened"); n != 0 {
			t.Error("a click beside it did not close the fact")
		}
	}
}

// TestCitationAlone opens a citation where the facts do not arrive: its sources
// open all the same.
func TestCitationAlone(t *testing.T) {
	s := start(t)
	id := s.comparison.Article.Cited[0]
	b := newTab(t, s.origin, scripted())
	b.forgive()
	b.do("block the facts", call(network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{
		{URLPattern: s.origin + templates.SourcesDataPath(s.comparison), Block: true},
	}}))
	b.open(templates.ArticlePath(s.comparison), http.StatusOK)
	b.click(fmt.Sprintf("#ref-%s-1", id))
	b.opened(s.comparison.Fact(id).Sources[0].Publisher)
}

// opened checks that the fact is to be seen and has the focus.
func (b *tab) opened(statement string) {
	b.t.Helper()
	b.do("wait for the fact", chromedp.WaitVisible(chromedp.CSS(".opened")))
	if got := b.text(".opened"); !strings.HasPrefix(got, statement) {
		b.t.Fatalf("opened %.100q, want %.100q", got, statement)
	}
	if b.active(`className`) != "opened" || b.active(`ariaLabel`) == "" || b.seen(".opened .back") != 0 {
		b.t.Errorf("the focus is on %q with the name %q", b.active(`className`), b.active(`ariaLabel`))
	}
}

// closed checks that no fact is open and that the focus is back.
func (b *tab) closed(link, by string) {
	b.t.Helper()
	if n := b.seen(".opened"); n != 0 {
		b.t.Errorf("%s did not close the fact", by)
	}
	if got := "#" + b.active(`id`); got != link {
		b.t.Errorf("after %s the focus is on %s, want %s", by, got, link)
	}
}

// TestCurrentSection reads down, up and in leaps: the list of contents marks
// the section.
func TestCurrentSection(t *testing.T) {
	s := start(t)
	b := newTab(t, s.origin, scripted())
	b.open(templates.ArticlePath(s.comparison), http.StatusOK)
	var ids []string
	for _, h := range s.comparison.Article.Headings {
		if h.Level == 2 {
			ids = append(ids, h.ID)
		}
	}
	marked := func(scroll string) string {
		got, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`new Promise(done => { `+scroll+`; setTimeout(() =>
			done([...document.querySelectorAll(".contents [aria-current]")].map(a => a.hash).join(" ")), 200); })`, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, i := range []int{1, 2, len(ids) - 1, 3} {
		to := fmt.Sprintf(`document.getElementById(%q).scrollIntoView()`, ids[i])
		if got := marked(to); got != "#"+ids[i] {
			t.Errorf("at %s %q is marked", ids[i], got)
		}
		if got := marked(to + `; scrollBy(0, -400)`); got != "#"+ids[i-1] {
			t.Errorf("above %s %q is marked, want %s", ids[i], got, ids[i-1])
		}
	}
}
