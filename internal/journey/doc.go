// Package journey holds no code, only tests that use the whole site through a
// browser, as a reader does: with a mouse or a keyboard alone, on a phone or a
// wide screen, light or dark, with scripts or without. Every page that is
// opened on the way must keep quiet and still: no message on the console, no
// violation of the content policy, no request to another host, no cookie, no
// scrolling sideways, nothing that moves once it is painted. axe-core, in
// testdata, judges every page; and every page is read enlarged and without its
// style sheets.
//
// The tests need Chromium or Chrome, found by its usual names or named in
// TIEBREAK_CHROMIUM. Without one they are skipped, unless TIEBREAK_BROWSER is
// "required". TestScreenshots writes a picture of every page to the folder
// named in TIEBREAK_SCREENSHOTS.
package journey
