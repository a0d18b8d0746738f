package journey

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"

	"tiebreak/internal/compare"
	"tiebreak/templates"
)

// scripted is the view in which what the script adds is tested.
func scripted() view { return view{width: 1280, script: true} }

// TestTheme switches to the dark page and finds it dark on the next page too.
func TestTheme(t *testing.T) {
	s := start(t)
	b := newTab(t, s.origin, scripted())
	b.open(templates.HomePath, http.StatusOK)
	const button = "[data-theme-switch]"
	for range 3 {
		if strings.Contains(b.text(button), "dark") {
			break
		}
		b.click(button)
	}
	for _, path := range []string{templates.HomePath, templates.AboutPath} {
		b.open(path, http.StatusOK)
		if got := eval[float64](b, brightness); got > 0.5 {
			t.Errorf("%s has a background of brightness %.2f after switching to dark", path, got)
		}
	}
	plain := newTab(t, s.origin, view{width: 1280})
	plain.open(templates.HomePath, http.StatusOK)
	if n := plain.seen(button); n != 0 {
		t.Error("without scripts there is a switch that does nothing")
	}
}

// TestLateScript holds the script back until pages are long painted, as a slow
// line does: what it then adds moves nothing.
func TestLateScript(t *testing.T) {
	s := startBehind(t, func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, ".js") {
				time.Sleep(400 * time.Millisecond)
			}
			h.ServeHTTP(w, r)
		})
	})
	for _, width := range []int64{360, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			b := newTab(t, s.origin, view{width: width, script: true})
			b.do("fetch the script for every page", call(network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}))
			for _, p := range s.stops() {
				b.open(p.path, p.status)
			}
		})
	}
}

// TestPoliciesKept opens a page again, which the browser has and only asks
// about. The answer names no policies, and those it came under still hold.
func TestPoliciesKept(t *testing.T) {
	s := start(t)
	b := newTab(t, s.origin, scripted())
	for _, again := range []bool{false, true} {
		b.open(templates.AboutPath, http.StatusOK)
		const asked = `(e => e.transferSize < e.encodedBodySize)(performance.getEntriesByType("navigation")[0])`
		if got := eval[bool](b, asked); got != again {
			t.Errorf("opened again %t, the browser had the page: %t", again, got)
		}
		const written = `(() => { try { document.body.innerHTML = "<p>written by a script</p>"; return true; } catch { return false; } })()`
		if eval[bool](b, written) {
			t.Errorf("opened again %t, a script could write the page, which its policy forbids", again)
		}
		b.forgive() // the browser says that it was stopped
	}
}

// TestCodeTabs chooses one option's code, and finds it chosen after a reload.
// Without scripts both are on the page.
func TestCodeTabs(t *testing.T) {
	s := start(t)
	article := templates.ArticlePath(s.comparison)
	plain := newTab(t, s.origin, view{width: 1280})
	plain.open(article, http.StatusOK)
	blocks := plain.seen(".pair figure.code")
	if blocks == 0 || blocks != plain.count(".pair figure.code") {
		t.Fatalf("without scripts %d of %d blocks of code can be seen", blocks, plain.count(".pair figure.code"))
	}
	b := newTab(t, s.origin, scripted())
	b.open(article, http.StatusOK)
	second := s.comparison.Options[1].ID
	shown := func() int { return b.seen(fmt.Sprintf(`.pair figure.code[data-option=%q]`, second)) }
	if got := b.seen(".pair figure.code"); got != blocks/2 || shown() != 0 {
		t.Errorf("with scripts %d blocks can be seen, %d of them for %s; want %d and none", got, shown(), second, blocks/2)
	}
	b.click(fmt.Sprintf(`[role="tab"][data-option=%q]`, second))
	if got := shown(); got != blocks/2 {
		t.Errorf("after choosing %s, %d of its blocks can be seen, want %d", second, got, blocks/2)
	}
	b.open(article, http.StatusOK)
	if got := shown(); got != blocks/2 {
		t.Errorf("after a reload, %d blocks for %s can be seen, want %d", got, second, blocks/2)
	}
}

// TestDraft leaves the form half filled, finds the answers again, throws them
// away, and finds nothing kept after the form was sent.
func TestDraft(t *testing.T) {
	s := start(t)
	asked := s.comparison.Current().Asked()
	q, choice := asked[0], asked[0].Choices[0].ID
	form := templates.QuestionsPath(s.comparison)
	b := newTab(t, s.origin, scripted())
	b.open(form, http.StatusOK)
	b.pick(q.ID, choice)
	want := fmt.Sprintf("1 of %d answered", len(asked))
	if got := b.text("[data-progress]"); got != want {
		t.Errorf("progress says %q, want %q", got, want)
	}
	b.open(templates.AboutPath, http.StatusOK)
	b.open(form, http.StatusOK)
	if got := b.chosen(q.ID); got != choice {
		t.Errorf("%s is %q after coming back, want %q", q.ID, got, choice)
	}
	const note = `form[data-questions] [role="status"]`
	if b.seen(note) != 1 {
		t.Error("no note says where the answers come from")
	}
	b.click(note + " button")
	if got := b.chosen(q.ID); got != compare.Unsure {
		t.Errorf("%s is %q after starting again, want %q", q.ID, got, compare.Unsure)
	}
	b.pick(q.ID, choice)
	b.follow(sendForm)
	b.open(form, http.StatusOK)
	if got := b.chosen(q.ID); got != compare.Unsure {
		t.Errorf("%s is %q after the form was sent, want nothing kept", q.ID, got)
	}
	if got := eval[string](b, `Object.keys(localStorage).join(" ")`); got != "" {
		t.Errorf("the browser still keeps %s", got)
	}
}

// TestBack goes back from a result to the form and finds the answers there.
func TestBack(t *testing.T) {
	s := start(t)
	for _, v := range []view{{width: 360}, scripted()} {
		t.Run(v.String(), func(t *testing.T) {
			b := newTab(t, s.origin, v)
			q := s.comparison.Current().Asked()[0]
			b.open(templates.QuestionsPath(s.comparison), http.StatusOK)
			b.pick(q.ID, q.Choices[0].ID)
			b.follow(sendForm)
			b.back(templates.QuestionsPath(s.comparison))
			if got := b.chosen(q.ID); got != q.Choices[0].ID {
				t.Errorf("%s is %q after going back, want %q", q.ID, got, q.Choices[0].ID)
			}
		})
	}
}
