package journey

import (
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"tiebreak/templates"
)

// TestZoom opens every page as a reader with weak eyes does: the whole page at
// 200 % in a window of 1280 px, and text alone at 200 %. Nothing may scroll
// sideways, which every load checks, and no words may be cut off.
func TestZoom(t *testing.T) {
	s := start(t)
	zooms := map[string]chromedp.Action[chromedp.Void]{
		"page": chromedp.EmulateViewport(1280/2, 800/2, chromedp.EmulateScale(2)),
		"text": call(page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: 32, Fixed: 26}}),
	}
	for name, zoom := range zooms {
		t.Run(name, func(t *testing.T) {
			b := newTab(t, s.origin, view{width: 1280, script: true})
			b.do("zoom in", zoom)
			for _, p := range s.stops() {
				b.open(p.path, p.status)
				if cut := eval[string](b, cutOff); cut != "" {
					t.Errorf("%s: words are cut off in %s", p.path, cut)
				}
				if name == "text" {
					continue
				}
				if got := eval[float64](b, `devicePixelRatio`); got != 2 {
					t.Fatalf("%s: a pixel of the page is %v of the screen's, want 2", p.path, got)
				}
			}
			if got := eval[string](b, `getComputedStyle(document.documentElement).fontSize`); name == "text" && got != "32px" {
				t.Errorf("the size of text is %s, want 32px", got)
			}
		})
	}
}

// cutOff names elements that hide a part of their own words and cannot be
// scrolled to it. What is hidden from the eye on purpose is one pixel high.
const cutOff = `[...document.querySelectorAll("body *")].filter(e => {
	const s = getComputedStyle(e);
	const hides = (o, long, room) => (o === "hidden" || o === "clip") && room > 1 && long > room + 1;
	return e.innerText && e.checkVisibility() &&
		(hides(s.overflowX, e.scrollWidth, e.clientWidth) || hides(s.overflowY, e.scrollHeight, e.clientHeight));
}).slice(0, 5).map(e => e.tagName.toLowerCase() + "." + e.className).join(", ")`

// TestCutOff shows the check a page that cuts off its words.
func TestCutOff(t *testing.T) {
	bad := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<!doctype html><title>Bad</title><div class="cut" style="width:50px;overflow:hidden;white-space:nowrap">Many words here</div>
			<div class="scrolls" style="width:50px;overflow:auto;white-space:nowrap">Many words here</div><div style="height:8px;overflow-y:clip" class="low">Words</div>`))
	}))
	t.Cleanup(bad.Close)
	b := newTab(t, bad.URL, view{width: 1280, script: true})
	b.do("open", chromedp.Navigate(bad.URL+"/"))
	b.forgive()
	if got, want := eval[string](b, cutOff), "div.cut, div.low"; got != want {
		t.Errorf("words are cut off in %q, want %q", got, want)
	}
}

// TestWithoutStyles opens every page while the style sheets cannot be loaded.
// All that a reader sees with them must be there, in the same order, and no
// drawing may take the place of the words.
func TestWithoutStyles(t *testing.T) {
	s := start(t)
	for _, width := range []int64{360, 1280} {
		styled := newTab(t, s.origin, view{width: width})
		plain := newTab(t, s.origin, view{width: width})
		plain.blockStyles()
		t.Run(plain.view.String(), func(t *testing.T) {
			for _, p := range s.stops() {
				styled.open(p.path, p.status)
				plain.expect(p.path, p.status)
				plain.do("open "+p.path, chromedp.Navigate(s.origin+p.path))
				if got := eval[string](plain, `getComputedStyle(document.body).marginLeft`); got != "8px" {
					t.Fatalf("%s: a style sheet was loaded: the page has a margin of %s", p.path, got)
				}
				if word := missing(seenWords(styled), seenWords(plain)); word != "" {
					t.Errorf("%s: without styles the page loses or moves %q", p.path, word)
				}
				if wrong := eval[string](plain, misplaced); wrong != "" {
					t.Errorf("%s: without styles %s", p.path, wrong)
				}
			}
		})
	}
}

// blockStyles keeps the tab from loading style sheets, and allows the browser
// to say so.
func (b *tab) blockStyles() {
	b.t.Helper()
	b.blocked = ".css"
	b.do("block style sheets",
		call(network.Enable, network.EnableParams{}),
		call(network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{
			{URLPattern: b.origin + "/static/*.css", Block: true},
		}}),
	)
}

// seenWords returns the words on the page that are to be seen, in the order of
// the document, without the number that every answer has of its own.
func seenWords(b *tab) []string {
	b.t.Helper()
	return eval[[]string](b, `(() => {
		const words = [];
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (texts.nextNode()) {
			const text = texts.currentNode;
			if (text.parentElement.checkVisibility({visibilityProperty: true})) words.push(...text.data.split(/\s+/));
		}
		return words.filter(w => w && !/^[A-Z2-7]{16}$/.test(w));
	})()`)
}

// missing returns the first of the words, with its neighbours, that does not
// come in the text after the ones before it, or "".
func missing(words, text []string) string {
	for i, word := range words {
		at := slices.Index(text, word)
		if at < 0 {
			return strings.Join(words[max(0, i-3):min(len(words), i+4)], " ")
		}
		text = text[at+1:]
	}
	return ""
}

// misplaced says what is wrong with the order of the parts from top to bottom,
// or which drawing is larger than a figure may be.
const misplaced = `(() => {
	const top = e => e.getBoundingClientRect().top;
	const parts = ["header", "main", "main h1", "footer.colophon"].map(s => document.querySelector(s));
	for (let i = 1; i < parts.length; i++)
		if (!parts[i] || top(parts[i]) < top(parts[i-1])) return "part " + i + " of header, main, heading and footer is not in its place";
	const heads = [...document.querySelectorAll("h1, h2, h3")].filter(e => e.checkVisibility());
	for (let i = 1; i < heads.length; i++)
		if (top(heads[i]) < top(heads[i-1])) return "the heading " + heads[i].innerText + " stands above the one before it";
	for (const e of document.querySelectorAll("svg")) {
		const r = e.getBoundingClientRect();
		// A chart of what was measured is as tall as its lines of words.
		const most = e.classList.contains("measure-bars") ? 40 * e.querySelectorAll("text").length : 260;
		if (r.height > most) return "the drawing " + (e.getAttribute("class") ?? "") + " is " + r.width + " by " + r.height;
	}
	return "";
})()`

// TestRoomForParts holds the room that parts of an article take before they are
// laid out against what they need, on the narrowest phone: with less, what they
// hold would lie over the next part.
func TestRoomForParts(t *testing.T) {
	s := start(t)
	b := newTab(t, s.origin, view{width: 360, script: true})
	b.open(templates.ArticlePath(s.comparison), http.StatusOK)
	parts := eval[[]struct {
		Name       string
		Room, Need float64
	}](b, `{
		const parts = [...document.querySelectorAll("section")].filter(e => getComputedStyle(e).contentVisibility === "auto");
		const room = parts.map(e => parseFloat(getComputedStyle(e).containIntrinsicBlockSize.replace("auto ", "")));
		const all = new CSSStyleSheet();
		all.replaceSync("* { content-visibility: visible !important; }");
		document.adoptedStyleSheets = [all];
		parts.map((e, i) => ({Name: e.innerText.slice(0, 30), Room: room[i], Need: e.getBoundingClientRect().height}))
	}`)
	if len(parts) < 3 {
		t.Errorf("%d parts wait to be laid out, want some", len(parts))
	}
	for _, p := range parts {
		if p.Need > p.Room {
			t.Errorf("%q needs %.0f px and takes %.0f until it is laid out", p.Name, p.Need, p.Room)
		}
	}
}

// TestLinksLand follows links into long pages: what they lead to stands at the
// top of the window, under whatever sticks there.
func TestLinksLand(t *testing.T) {
	s := start(t)
	c := s.comparison
	questions, rows := c.Current().Asked(), c.Current().Criteria
	for _, v := range []view{{width: 360, script: true}, {width: 1280, script: true}, {width: 360}} {
		t.Run(v.String(), func(t *testing.T) {
			b := newTab(t, s.origin, v)
			for path, anchor := range map[string]string{
				templates.ArticlePath(c):   c.Article.Headings[len(c.Article.Headings)/2].ID,
				templates.QuestionsPath(c): questions[len(questions)*2/3].ID,
				templates.TablePath(c):     rows[len(rows)/2].ID,
				templates.SourcesPath(c):   c.Facts[len(c.Facts)/2].ID,
			} {
				b.open(path+"#"+anchor, http.StatusOK)
				got := eval[[]float64](b, `{
					const wanted = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);
					[document.querySelector(location.hash).getBoundingClientRect().top, wanted];
				}`)
				if math.Abs(got[0]-got[1]) > 2 {
					t.Errorf("%s#%s stands %.0f px below the top, want %.0f", path, anchor, got[0], got[1])
				}
			}
		})
	}
}
