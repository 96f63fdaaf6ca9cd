package scene

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	maxFileSize = 1 << 20 // bytes; ten thousand obstacles would fit
	maxNesting  = 16      // brackets within brackets, and names in one key
)

// guard refuses texts that no scene can be, before the parser sees them: those
// of another kind, and those built to exhaust it.
func guard(file string, text []byte) *Error {
	if len(text) > maxFileSize {
		return tooLarge(file, int64(len(text)))
	}
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return &Error{File: file, Message: "this text is saved as UTF-16", Hint: "save it as UTF-8"}
	}
	if i := notText(text); i >= 0 {
		e := &Error{File: file, Message: fmt.Sprintf("this is not a text file (byte 0x%02x at offset %d)", text[i], i),
			Hint: "a scene is a TOML text in UTF-8; `fluidsim scenes copy dam-break` writes one to start from"}
		e.at(string(text), span{i, i + 1})
		return e
	}
	if i := tooDeep(string(text)); i >= 0 {
		e := &Error{File: file, Message: fmt.Sprintf("more than %d levels of nesting", maxNesting), Hint: "no scene needs that many brackets or dots"}
		e.at(string(text), span{i, i + 1})
		return e
	}
	return nil
}

func tooLarge(file string, size int64) *Error {
	has := fmt.Sprintf("%s, at most %s", megabytes(size), megabytes(maxFileSize))
	if size == maxFileSize+1 { // it was not read to its end
		has = "more than " + megabytes(maxFileSize)
	}
	return &Error{File: file, Message: fmt.Sprintf("the file is too large for a scene (%s)", has),
		Hint: "is this really a scene? a scene is a TOML text of a few kilobytes"}
}

func megabytes(n int64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(n)/(1<<20)), ".0") + " MiB"
}

// notText is the index of the first byte that no text has, or -1.
func notText(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 || r == 0 {
			return i
		}
		i += size
	}
	return -1
}

// tooDeep is the index of the first bracket or dot that is nested too deeply
// for any scene, or -1. The parser calls itself for each, and would exhaust the
// stack, which nothing can recover from.
func tooDeep(text string) int {
	depth, dots := 0, 0
	for i := 0; i < len(text); {
		switch text[i] {
		case '"', '\'':
			i = skipString(text, i)
			continue
		case '#':
			i = skipLine(text, i)
			continue
		case '[', '{':
			depth++
			dots = 0
		case ']', '}':
			depth = max(0, depth-1)
		case '.':
			dots++
		case '\n', ',', '=':
			dots = 0
		}
		if depth > maxNesting || dots > maxNesting {
			return i
		}
		i++
	}
	return -1
}
