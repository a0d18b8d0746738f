// Package score turns a reader's answers into a decision: which option comes
// first, what each criterion and each answer contributes, how firm the order
// is, and what would change it. docs/SCORING.md is the model it implements;
// where a comment names a section, it means that paper.
//
// The package is pure, and everything it decides is decided in int64: Go may
// fuse floating-point operations differently on each processor, and a shared
// result must read the same everywhere. The one float is the answer of
// [WholeSpaceShare], which decides nothing.
//
// [Decide] and [Model.Decide] work on checked editions. The functions below
// them, [Totals], [StabilityInterval], [FlipDistance], [ExactPair], [Tally] and
// the like, take weights and values of any scale, as long as every total fits
// in an int64, so that published test vectors can be fed to them as scaled
// integers.
package score
