package journey

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestScreenshots writes a picture of every page, whole, at three widths and
// in both themes, into the folder that TIEBREAK_SCREENSHOTS names. Without one
// it takes a single picture, to keep the recipe working.
func TestScreenshots(t *testing.T) {
	s := start(t)
	dir := os.Getenv("TIEBREAK_SCREENSHOTS")
	if dir == "" {
		shoot(newTab(t, s.origin, view{width: 360, script: true}), t.TempDir(), s.stops()[:1])
		return
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, width := range []int64{360, 768, 1280} {
		for _, dark := range []bool{false, true} {
			shoot(newTab(t, s.origin, view{width: width, dark: dark, script: true}), dir, s.stops())
		}
	}
}

// shoot writes a picture of each page into the folder.
func shoot(b *tab, dir string, pages []stop) {
	b.t.Helper()
	theme := "light"
	if b.view.dark {
		theme = "dark"
	}
	for _, p := range pages {
		b.open(p.path, p.status)
		name := filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", p.name, b.view.width, theme))
		if err := os.WriteFile(name, b.picture(), 0o644); err != nil {
			b.t.Fatal(err)
		}
	}
}

// picture returns the whole page as PNG, no longer than a browser can draw.
func (b *tab) picture() []byte {
	b.t.Helper()
	const longest = 16000
	height := min(eval[float64](b, `document.documentElement.scrollHeight`), longest)
	shot, err := chromedp.Run(b.ctx, func(ctx context.Context, target *chromedp.Target) ([]byte, error) {
		beyond := true
		r, err := cdp.Call(ctx, target, page.CaptureScreenshot, page.CaptureScreenshotParams{
			CaptureBeyondViewport: &beyond,
			Clip:                  &page.Viewport{Width: float64(b.view.width), Height: height, Scale: 1},
		})
		return r.Data, err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return shot
}
