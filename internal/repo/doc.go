// Package repo holds no code, only tests that guard the whole repository: who
// may import whom, formatting, sizes, doc comments, generated files, and that
// the papers beside the code tell the truth about it.
//
// Each rule is a function from a file tree to the problems in it, and comes
// with a small tree that breaks it, so that a rule which can no longer fail is
// noticed. To add a rule, add it to the list in rules_test.go.
package repo
