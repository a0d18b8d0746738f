//go:build !race

package score

// raceDetector says that nothing watches the program.
const raceDetector = false
