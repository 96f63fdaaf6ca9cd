// Package scene turns a TOML text into a checked, immutable Scene: SI units,
// every default filled in, every value in range.
//
// One table (keys.go) describes every key of the format. Decoding, checking,
// --set, the normalised text, the JSON Schema and the tables of
// scenes/README.md all come from it, so none of them can drift from another.
// Everything that is wrong with a scene is told with its place in the file, an
// excerpt and a hint.
//
// The package knows nothing of particles, GPUs, windows or the command line.
package scene
