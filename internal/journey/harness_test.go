package journey

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestWatch shows the watch a page that does everything it must not do.
func TestWatch(t *testing.T) {
	other := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(other.Close)
	bad := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; img-src *")
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
			fmt.Fprintf(w, `<!doctype html><title>Bad</title><p style="color:red"><table width="3000"><tr><td>wide</table>
				<img src="%s/pixel.png" alt=""><script src="/a.js"></script>`, other.URL)
		case "/a.js":
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, `console.log("hello"); throw new Error("oops")`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(bad.Close)

	b := newTab(t, bad.URL, view{width: 360, script: true})
	b.do("open", chromedp.Navigate(bad.URL+"/"))
	if wide := eval[int](b, `document.scrollingElement.scrollWidth - innerWidth`); wide < 2000 {
		t.Errorf("the page is %d px too wide, want over 2000", wide)
	}
	got := b.quiet()
	b.forgive()
	for _, want := range []string{
		"console.log", "exception: ", "content policy", "request to " + other.URL, "cookie was set", "1 cookies are kept", "browser log: ",
	} {
		if !slices.ContainsFunc(got, func(c string) bool { return strings.Contains(c, want) }) {
			t.Errorf("no complaint with %q in %q", want, got)
		}
	}
}

// TestViews checks that a tab looks at a page the way its view says.
func TestViews(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><link rel="icon" href="data:,"><title>No</title><script>document.title = "Yes"</script><a href="/next">next</a>`)
	}))
	t.Cleanup(site.Close)
	for _, v := range []view{{width: 360, dark: true}, {width: 1280, script: true}} {
		t.Run(v.String(), func(t *testing.T) {
			b := newTab(t, site.URL, v)
			b.open("/", http.StatusOK)
			if got := eval[int64](b, `innerWidth`); got != v.width {
				t.Errorf("width %d, want %d", got, v.width)
			}
			if got := eval[bool](b, `matchMedia("(prefers-color-scheme: dark)").matches`); got != v.dark {
				t.Errorf("dark %v, want %v", got, v.dark)
			}
			if got := eval[string](b, `document.title`) == "Yes"; got != v.script {
				t.Errorf("script ran %v, want %v", got, v.script)
			}
			b.follow("a")
			if got := b.path(); got != "/next" {
				t.Errorf("at %s after the click, want /next", got)
			}
			b.forgive() // the data: icon counts as a request elsewhere
		})
	}
}

// TestShift shows the watch for layout shifts a page whose text is pushed down.
func TestShift(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><title>Bad</title><p>Text</p><script>
			requestAnimationFrame(() => requestAnimationFrame(() => {
				const e = document.createElement("div");
				e.style.height = "200px";
				document.body.prepend(e);
			}));</script>`)
	}))
	t.Cleanup(site.Close)
	b := newTab(t, site.URL, view{width: 1280, script: true})
	b.do("open", chromedp.Navigate(site.URL+"/"), chromedp.Sleep(200*time.Millisecond))
	b.forgive()
	moved, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](shifts, chromedp.EvalAwaitPromise))
	if err != nil || len(moved) != 1 || !strings.Contains(moved[0], "body (") {
		t.Errorf("shifts = %q, %v; want one, of the whole page", moved, err)
	}
}
