package web

import (
	"github.com/go-chi/chi/v5"

	"tiebreak/internal/report"
)

// routes registers every address of the site. Its builder in package templates
// is the only other place where an address is written.
func (s *server) routes(r chi.Router) {
	pages, costly, atOnce := desk{s, s.making}, desk{s, s.turns}, desk{s, nil}

	r.Get("/", pages.kept(s.home))
	for _, page := range s.catalog.Pages() {
		r.Get("/"+page.Name, pages.kept(s.fixed(page.Name)))
	}
	r.Get("/search", costly.kept(s.search))
	r.Get("/{comparison}", pages.kept(s.article))
	r.Get("/{comparison}/table", pages.kept(s.table))
	r.Get("/{comparison}/table.csv", pages.kept(s.tableCSV))
	r.Get("/{comparison}/table.json", pages.kept(s.tableJSON))
	r.Get("/{comparison}/claims", pages.kept(s.claims))
	r.Get("/{comparison}/measurements", pages.kept(s.measurements))
	r.Get("/{comparison}/measurements/{id}", pages.kept(s.measurement))
	r.Get("/{comparison}/measurements/{id}.json", pages.kept(s.measurementJSON))
	r.Get("/{comparison}/sources", pages.kept(s.sources))
	r.Get("/{comparison}/sources.json", pages.kept(s.sourcesJSON))
	r.Get("/{comparison}/questions", pages.kept(s.questions))
	r.Post("/{comparison}/questions", atOnce.handle(s.submit))
	r.Get("/{comparison}/score", atOnce.handle(s.scoreParams))
	r.Get("/{comparison}/result/{code}", pages.result(pageForm, s.resultPage))
	r.Get("/{comparison}/result/{code}.json", pages.result("json", s.file("json", typeJSON, (*report.Report).JSON)))
	r.Get("/{comparison}/result/{code}.csv", pages.result("csv", s.file("csv", typeCSV, resultCSV)))
	r.Get("/{comparison}/result/{code}.md", pages.result("md", s.file("md", typeMarkdown, resultMarkdown)))
	r.Get("/{comparison}/result/{code}.svg", costly.result("svg", s.file("svg", typeSVG, (*report.Report).CardSVG, shown())))
	r.Get("/{comparison}/result/{code}.png", costly.result("png", s.file("png", typePNG, (*report.Report).CardPNG, shown())))
	r.Get("/schema/result.json", pages.kept(s.schema))
	r.Get("/{comparison}/together", costly.handle(s.together))
	r.Get("/{comparison}/together.json", costly.handle(s.togetherJSON))
	r.Get("/{comparison}/together.md", costly.handle(s.togetherMarkdown))

	r.Get(assetRoute, s.asset)
	r.Get("/favicon.ico", atOnce.handle(s.favicon))
	r.Get("/robots.txt", pages.kept(s.robots))
	r.Get("/manifest.webmanifest", pages.kept(s.manifest))
	r.Get("/llms.txt", pages.kept(s.guide))
	r.Get("/sitemap.xml", pages.kept(s.sitemap))
	r.Get("/feed.atom", pages.kept(s.feed))
	r.Get("/healthz", atOnce.handle(s.alive))
	r.Get("/livez", atOnce.handle(s.alive))
	r.Get("/readyz", atOnce.handle(s.readiness))
}
