package scene

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	excerptWidth = 96 // characters of a long line that are shown
	excerptLead  = 60 // of them before the fault
)

// at places an error at a span of the text: line, column and excerpt.
func (e *Error) at(text string, where span) {
	start := clamp(where.start, 0, len(text))
	// A fault at the end of the text is shown on its last line, not after it.
	if start == len(text) {
		start = len(strings.TrimRight(text, "\r\n"))
	}
	lineStart := strings.LastIndexByte(text[:start], '\n') + 1
	line := text[lineStart:]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	line = strings.TrimRight(line, "\r")
	start = min(start, lineStart+len(line))
	before, rest := line[:start-lineStart], line[start-lineStart:]
	fault := rest[:clamp(where.end-start, 0, len(rest))]

	e.Line = strings.Count(text[:lineStart], "\n") + 1
	e.Col = utf8.RuneCountInString(before) + 1
	e.Excerpt = excerpt(e.Line, before, rest, utf8.RuneCountInString(fault))
}

// excerpt shows a line with carets below `carets` characters of rest. Long lines
// are cut, and what would move the cursor is replaced.
func excerpt(number int, before, rest string, carets int) string {
	left, right := []rune(printable(before)), []rune(printable(rest))
	if len(left) > excerptLead {
		left = append([]rune("…"), left[len(left)-excerptLead+1:]...)
	}
	if room := excerptWidth - len(left); len(right) > room {
		right = append(right[:room-1:room-1], '…')
	}
	carets = max(1, min(carets, len(right)))
	gutter := fmt.Sprintf("%4d | ", number)
	blank := strings.Repeat(" ", len(gutter)-2) + "| "
	return strings.TrimRight(gutter+string(left)+string(right), " ") + "\n" +
		blank + strings.Repeat(" ", len(left)) + strings.Repeat("^", carets)
}

// printable replaces each character that is not one visible column.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == utf8.RuneError || !unicode.IsPrint(r):
			return '·'
		}
		return r
	}, s)
}

func clamp(v, low, high int) int { return max(low, min(v, high)) }
