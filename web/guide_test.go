package web

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"tiebreak/templates"
)

func TestManifest(t *testing.T) {
	t.Parallel()
	h, _ := realSite(t)
	res := get(h, "/manifest.webmanifest")
	if got := res.Header.Get("Content-Type"); got != "application/manifest+json" {
		t.Errorf("Content-Type = %q", got)
	}
	var m manifest
	if err := json.Unmarshal([]byte(bodyOf(t, res)), &m); err != nil {
		t.Fatal(err)
	}
	if m.Name == "" || m.Start != "/" || len(m.Icons) != 3 {
		t.Errorf("manifest = %+v", m)
	}
	for _, icon := range m.Icons {
		if res := get(h, icon.Source); res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != icon.Type {
			t.Errorf("icon %s = %d, %s; want it as %s", icon.Source, res.StatusCode, res.Header.Get("Content-Type"), icon.Type)
		}
	}
}

// Every address in the guide for programs is there.
func TestGuide(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	body := bodyOf(t, get(h, "/llms.txt"))
	if !strings.HasPrefix(body, "# Tiebreak\n\n> ") || !strings.Contains(body, "\n## "+c.Title+"\n") {
		t.Errorf("llms.txt begins %.200q", body)
	}
	links := regexp.MustCompile(`(?m)^- \[[^\]]+\]\((\S+)\)`).FindAllStringSubmatch(body, -1)
	if len(links) < 12 || len(links) != strings.Count(body, "\n- ") {
		t.Errorf("%d links in %d lines", len(links), strings.Count(body, "\n- "))
	}
	for _, link := range links {
		path, ok := strings.CutPrefix(link[1], testBase)
		if !ok {
			t.Errorf("%s is not of this site", link[1])
		} else if res := get(h, path); res.StatusCode != http.StatusOK && res.StatusCode != http.StatusSeeOther {
			t.Errorf("%s = %d", path, res.StatusCode)
		}
	}
}

// The structured data of a page can be read, and says whose it is.
func TestStructuredData(t *testing.T) {
	t.Parallel()
	h, c := realSite(t)
	for path, want := range map[string][]string{
		templates.ArticlePath(c): {"BreadcrumbList", "Article"},
		templates.TablePath(c):   {"BreadcrumbList", "Dataset"},
		templates.SourcesPath(c): {"BreadcrumbList"},
		templates.HomePath:       nil,
	} {
		var types []string
		doc := open(t, h, path, http.StatusOK)
		for _, node := range doc.Find(`script[type="application/ld+json"]`).EachIter() {
			var data struct {
				Context string `json:"@context"`
				Type    string `json:"@type"`
			}
			if err := json.Unmarshal([]byte(node.Text()), &data); err != nil || data.Context != "https://schema.org" {
				t.Errorf("%s: %v in %.100s", path, err, node.Text())
			}
			types = append(types, data.Type)
		}
		if strings.Join(types, " ") != strings.Join(want, " ") {
			t.Errorf("%s has data of the types %v, want %v", path, types, want)
		}
	}
}
