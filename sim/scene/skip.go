package scene

import "strings"

// skipString is the index after the string that begins at i, where a quote
// stands. A string that is never closed ends with its line, or, of three
// quotes, with the text.
func skipString(text string, i int) int {
	quote := text[i]
	if triple := strings.Repeat(string(quote), 3); strings.HasPrefix(text[i:], triple) {
		for i += 3; i < len(text); i++ {
			switch {
			case text[i] == '\\' && quote == '"':
				i++
			case strings.HasPrefix(text[i:], triple):
				i += 3
				// Up to two more quotes belong to the text inside.
				for n := 0; n < 2 && i < len(text) && text[i] == quote; n++ {
					i++
				}
				return i
			}
		}
		return len(text)
	}
	for i++; i < len(text) && text[i] != '\n'; i++ {
		switch {
		case text[i] == '\\' && quote == '"' && i+1 < len(text) && text[i+1] != '\n':
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return min(i, len(text))
}

// skipLine is the index of the end of the line that i is in.
func skipLine(text string, i int) int {
	if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(text)
}
