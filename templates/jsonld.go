package templates

import (
	"strings"

	"tiebreak/internal/compare"
	"tiebreak/static"
)

// Structured data for machines, in schema.org's words. It says what the page
// says and no more: no person, rating or date that is not on it.

const schemaOrg = "https://schema.org"

// base returns the address of the site, "" on a page without one of its own.
func (h Head) base() string {
	base, ok := strings.CutSuffix(h.Canonical, h.Here)
	if !ok || h.Here == "" {
		return ""
	}
	return base
}

// picture returns the address of a picture for links to a page that has none
// of its own: the icon. It is "" where there is no address.
func (h Head) picture() string {
	if h.base() == "" {
		return ""
	}
	return h.base() + static.IconLarge.Path()
}

// organisation names the site as the author of its pages.
func (h Head) organisation() reviewAuthor {
	return reviewAuthor{Type: "Organization", Name: h.siteName(), URL: h.base() + HomePath}
}

// A crumbs list is the way from the home page down to a page.
type crumbs struct {
	Context string  `json:"@context"`
	Type    string  `json:"@type"`
	Items   []crumb `json:"itemListElement"`
}

type crumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item"`
}

func (l *crumbs) add(name, address string) {
	l.Items = append(l.Items, crumb{"ListItem", len(l.Items) + 1, name, address})
}

// crumbs returns the way to a page of a comparison, nil for other pages and
// those that no search should find.
func (h Head) crumbs() *crumbs {
	if h.Comparison == nil || h.Noindex || h.base() == "" {
		return nil
	}
	list := &crumbs{Context: schemaOrg, Type: "BreadcrumbList"}
	list.add(h.siteName(), h.base()+HomePath)
	article := ArticlePath(h.Comparison)
	list.add(h.Comparison.Title, h.base()+article)
	for _, stop := range way(h.Comparison) {
		if stop.path != article && (stop.path == h.Here || strings.HasPrefix(h.Here, stop.path+"/")) {
			list.add(strings.ToUpper(stop.name[:1])+stop.name[1:], h.base()+stop.path)
		}
	}
	if list.Items[len(list.Items)-1].Item != h.Canonical {
		list.add(h.Title, h.Canonical)
	}
	return list
}

// An articleData is schema.org's form of the article.
type articleData struct {
	Context     string       `json:"@context"`
	Type        string       `json:"@type"`
	ID          string       `json:"@id"`
	URL         string       `json:"url"`
	Headline    string       `json:"headline"`
	Description string       `json:"description"`
	Language    string       `json:"inLanguage"`
	Modified    compare.Date `json:"dateModified"`
	Words       int          `json:"wordCount"`
	Free        bool         `json:"isAccessibleForFree"`
	Author      reviewAuthor `json:"author"`
	Publisher   reviewAuthor `json:"publisher"`
	About       []aboutThing `json:"about"`
}

type aboutThing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// articleOf returns the structured data of the article that head is of.
func articleOf(head Head, c *compare.Comparison) articleData {
	d := articleData{
		Context: schemaOrg, Type: "Article", ID: head.Canonical + "#article", URL: head.Canonical,
		Headline: c.Article.Title, Description: c.Article.Summary, Language: "en",
		Modified: max(c.Changed(), c.Article.Checked), Words: c.Article.Words, Free: true,
		Author: head.organisation(), Publisher: head.organisation(),
	}
	for _, o := range c.Options {
		d.About = append(d.About, aboutThing{"Thing", o.Name})
	}
	return d
}

// A tableSet is schema.org's form of the table.
type tableSet struct {
	Context      string            `json:"@context"`
	Type         string            `json:"@type"`
	ID           string            `json:"@id"`
	URL          string            `json:"url"`
	Name         string            `json:"name"`
	Description  string            `json:"description"`
	Language     string            `json:"inLanguage"`
	Version      int               `json:"version"`
	Licence      string            `json:"license"`
	Free         bool              `json:"isAccessibleForFree"`
	Creator      reviewAuthor      `json:"creator"`
	Modified     compare.Date      `json:"dateModified"`
	Measured     []string          `json:"variableMeasured"`
	Distribution []datasetDownload `json:"distribution"`
}

// tableSetOf returns the structured data of the table that head is of.
func tableSetOf(head Head, data TableData) tableSet {
	c := data.Comparison
	address := head.base() + TablePath(c)
	set := tableSet{
		Context: schemaOrg, Type: "Dataset", ID: address + "#data", URL: address,
		Name: "The table: " + c.Title, Description: head.Description, Language: "en", Version: data.Edition.Number,
		Licence: licenceURL, Free: true, Creator: head.organisation(), Modified: c.Changed(),
		Distribution: []datasetDownload{
			{"DataDownload", "text/csv", head.base() + TableDataPath(c, "csv")},
			{"DataDownload", "application/json", head.base() + TableDataPath(c, "json")},
		},
	}
	for i := range data.Edition.Criteria {
		set.Measured = append(set.Measured, data.Edition.Criteria[i].Name)
	}
	return set
}
