// Package plot draws curves over an axis as a PNG or SVG picture: panels below
// each other, each with axes and a legend beside it. It knows nothing of fluids;
// it is the only package that knows the plotting library.
//
// The same figure gives the same bytes.
package plot
