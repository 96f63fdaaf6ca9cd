package scene

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Type is what kind of value a key takes.
type Type string

const (
	Number  Type = "number"
	Integer Type = "integer"
	Text    Type = "text"
	Boolean Type = "true or false"
	Vector  Type = "vector" // three numbers
	Color   Type = "colour" // "#rrggbb"
	Sides   Type = "list of sides"
	Axes    Type = "list of axes"
)

// Key describes one key of the format: the only place where its type, unit,
// default and range are written down.
type Key struct {
	// Path is the key with its tables; "[]" marks a table that may be repeated,
	// as in "fluid.shape[].radius".
	Path string
	Type Type
	Unit string
	// Default is nil where there is none: the key is required, or Absent says
	// what its absence means.
	Default  any // float64, int, string, bool, Vec3
	Absent   string
	Required bool
	Example  string // of a required value, as it is written in a file
	Min, Max Limit
	Enum     []string
	// Plane are the words of Enum that two dimensions have; empty: all. PlaneHint
	// says what to do about the others.
	Plane     []string
	PlaneHint string
	// Space is a vector of three numbers in two dimensions, too; Turn is a
	// rotation, which is a single angle there.
	Space, Turn bool
	// For lists the types of body or probe that the key is for; empty: all.
	For []string
	// Part names what some keys of a large table are about, so that they can be
	// shown together; empty: the table itself.
	Part string
	Help string

	field func(*target) any // pointer to where the value lives
}

// Limit is one end of a range. The zero Limit is none.
type Limit struct {
	Value float64
	Open  bool // Value itself is outside the range
	Set   bool
}

func atLeast(v float64) Limit  { return Limit{Value: v, Set: true} }
func moreThan(v float64) Limit { return Limit{Value: v, Open: true, Set: true} }
func atMost(v float64) Limit   { return Limit{Value: v, Set: true} }

// Name is the last part of the path: what stands before the equals sign.
func (k *Key) Name() string {
	return k.Path[strings.LastIndexByte(k.Path, '.')+1:]
}

// label is the key in errors: with its table, unless the error points at one of
// many tables that have it.
func (k *Key) label() string {
	if strings.Contains(k.Path, "[]") {
		return k.Name()
	}
	return k.Path
}

// appliesTo tells whether a body or probe of this type has the key.
func (k *Key) appliesTo(kind string) bool {
	if len(k.For) == 0 {
		return true
	}
	for _, f := range k.For {
		if f == kind {
			return true
		}
	}
	return false
}

// wrong is what is wrong with the number v, or "" when it is in range. The text
// goes on after the name of the key.
func (k *Key) wrong(v float64) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return fmt.Sprintf("must be a finite number (got %s)", number(v))
	case k.Min.Set && (v < k.Min.Value || k.Min.Open && v == k.Min.Value):
		switch {
		case k.Min.Value == 0 && k.Min.Open, k.Min.Value > 0 && v <= 0:
			return fmt.Sprintf("must be positive (got %s)", number(v))
		case k.Min.Value == 0:
			return fmt.Sprintf("must not be negative (got %s)", number(v))
		case k.Min.Open:
			return fmt.Sprintf("must be more than %s (got %s)", k.quantity(k.Min.Value), number(v))
		}
		return fmt.Sprintf("must be at least %s (got %s)", k.quantity(k.Min.Value), number(v))
	case k.Max.Set && (v > k.Max.Value || k.Max.Open && v == k.Max.Value):
		if k.Max.Open {
			return fmt.Sprintf("must be less than %s (got %s)", k.quantity(k.Max.Value), number(v))
		}
		return fmt.Sprintf("must be at most %s (got %s)", k.quantity(k.Max.Value), number(v))
	}
	return ""
}

// Range is the range as people write it: "> 0", "0 to 1", "one of a, b".
func (k *Key) Range() string {
	switch {
	case len(k.Enum) > 0:
		return "one of " + strings.Join(k.Enum, ", ")
	case k.Min.Set && k.Min == k.Max:
		return number(k.Min.Value)
	case k.Min.Set && k.Max.Set && k.Min.Open:
		return fmt.Sprintf("more than %s, at most %s", number(k.Min.Value), number(k.Max.Value))
	case k.Min.Set && k.Max.Set:
		return fmt.Sprintf("%s to %s", number(k.Min.Value), number(k.Max.Value))
	case k.Min.Set && k.Min.Open:
		return "more than " + number(k.Min.Value)
	case k.Min.Set:
		return "at least " + number(k.Min.Value)
	}
	return ""
}

func (k *Key) quantity(v float64) string {
	if k.Unit == "" {
		return number(v)
	}
	return number(v) + " " + k.Unit
}

// number is the shortest text that reads back as v, and is also valid TOML.
func number(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return "nan"
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	case a >= 1e-7 && a < 1e9:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
