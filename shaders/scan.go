package shaders

import (
	"fmt"
	"strings"
	"unicode"
)

type token struct {
	text string
	line int
}

// scan splits WGSL into words, numbers and single signs, without comments. Signs stay single (">>" is two tokens),
// which is what nested type parameters want; the constant evaluator joins the shifts itself.
func scan(text string) ([]token, error) {
	var out []token
	line := 1
	runes := []rune(text)
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case r == '\n':
			line++
			i++
		case unicode.IsSpace(r):
			i++
		case r == '/' && i+1 < len(runes) && runes[i+1] == '/':
			for i < len(runes) && runes[i] != '\n' {
				i++
			}
		case r == '/' && i+1 < len(runes) && runes[i+1] == '*':
			start, depth := line, 0
			for {
				if i+1 >= len(runes) {
					return nil, fmt.Errorf("line %d: a comment that is not closed", start)
				}
				if runes[i] == '/' && runes[i+1] == '*' {
					depth++
					i += 2
				} else if runes[i] == '*' && runes[i+1] == '/' {
					depth--
					i += 2
				} else {
					if runes[i] == '\n' {
						line++
					}
					i++
				}
				if depth == 0 {
					break
				}
			}
		case unicode.IsDigit(r) || r == '.' && i+1 < len(runes) && unicode.IsDigit(runes[i+1]):
			j := i
			hex := strings.HasPrefix(strings.ToLower(string(runes[i:min(i+2, len(runes))])), "0x")
			for j < len(runes) {
				c := runes[j]
				sign := (c == '+' || c == '-') && !hex && j > i && (runes[j-1] == 'e' || runes[j-1] == 'E')
				if !unicode.IsDigit(c) && !unicode.IsLetter(c) && c != '.' && !sign {
					break
				}
				j++
			}
			out = append(out, token{string(runes[i:j]), line})
			i = j
		case unicode.IsLetter(r) || r == '_':
			j := i
			for j < len(runes) && (unicode.IsLetter(runes[j]) || unicode.IsDigit(runes[j]) || runes[j] == '_') {
				j++
			}
			out = append(out, token{string(runes[i:j]), line})
			i = j
		default:
			out = append(out, token{string(r), line})
			i++
		}
	}
	return out, nil
}
