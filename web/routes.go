package web

import (
	"github.com/go-chi/chi/v5"

	"tiebreak/internal/report"
)

// routes registers every address of the site. Its builder in package templates
// is the only other place where an address is written.
func (s *server) routes(r chi.Router) {
	pages, costly, atOnce := dispatcher{s, s.rendering}, dispatcher{s, s.costly}, dispatcher{s, nil}

	r.Get("/", pages.handleCached(s.home))
	for _, page := range s.catalog.Pages() {
		r.Get("/"+page.Name, pages.handleCached(s.fixed(page.Name)))
	}
	r.Get("/search", costly.handleCached(s.search))
	r.Get("/{comparison}", pages.handleCached(s.article))
	r.Get("/{comparison}/table", pages.handleCached(s.table))
	r.Get("/{comparison}/table.csv", pages.handleCached(s.tableCSV))
	r.Get("/{comparison}/table.json", pages.handleCached(s.tableJSON))
	r.Get("/{comparison}/claims", pages.handleCached(s.claims))
	r.Get("/{comparison}/measurements", pages.handleCached(s.measurements))
	r.Get("/{comparison}/measurements/{id}", pages.handleCached(s.measurement))
	r.Get("/{comparison}/measurements/{id}.json", pages.handleCached(s.measurementJSON))
	r.Get("/{comparison}/sources", pages.handleCached(s.sources))
	r.Get("/{comparison}/sources.json", pages.handleCached(s.sourcesJSON))
	r.Get("/{comparison}/questions", pages.handleCached(s.questions))
	r.Post("/{comparison}/questions", atOnce.handle(s.submit))
	r.Get("/{comparison}/score", atOnce.handle(s.scoreParams))
	r.Get("/{comparison}/result/{code}", pages.handleResult(pageForm, s.resultPage))
	r.Get("/{comparison}/result/{code}.json", pages.handleResult("json", s.file("json", typeJSON, (*report.Report).JSON)))
	r.Get("/{comparison}/result/{code}.csv", pages.handleResult("csv", s.file("csv", typeCSV, resultCSV)))
	r.Get("/{comparison}/result/{code}.md", pages.handleResult("md", s.file("md", typeMarkdown, resultMarkdown)))
	r.Get("/{comparison}/result/{code}.svg", costly.handleResult("svg", s.file("svg", typeSVG, (*report.Report).CardSVG, shown())))
	r.Get("/{comparison}/result/{code}.png", costly.handleResult("png", s.file("png", typePNG, (*report.Report).CardPNG, shown())))
	r.Get("/schema/result.json", pages.handleCached(s.schema))
	r.Get("/{comparison}/together", costly.handle(s.together))
	r.Get("/{comparison}/together.json", costly.handle(s.togetherJSON))
	r.Get("/{comparison}/together.md", costly.handle(s.togetherMarkdown))

	r.Get(assetRoute, s.asset)
	r.Get("/favicon.ico", atOnce.handle(s.favicon))
	r.Get("/robots.txt", pages.handleCached(s.robots))
	r.Get("/manifest.webmanifest", pages.handleCached(s.manifest))
	r.Get("/llms.txt", pages.handleCached(s.guide))
	r.Get("/sitemap.xml", pages.handleCached(s.sitemap))
	r.Get("/feed.atom", pages.handleCached(s.feed))
	r.Get("/healthz", atOnce.handle(s.alive))
	r.Get("/livez", atOnce.handle(s.alive))
	r.Get("/readyz", atOnce.handle(s.readiness))
}
