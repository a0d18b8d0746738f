// Package report says what a decision says: in words, in figures and with its
// sources. [Sheet.Report] makes one value out of a decision, and every form of a result
// is a view of that value: the page, and [Report.JSON], [Report.Rows],
// [Report.Markdown] and the card. So no two of them can disagree.
//
// The package is pure: it knows no request, no route and no clock.
package report
