package shaders

import (
	"fmt"
	"strconv"
	"strings"
)

// number is a constant: an integer (exact) or a float.
type number struct {
	integer bool
	i       int64
	f       float64
}

func (n number) float() float64 {
	if n.integer {
		return float64(n.i)
	}
	return n.f
}

// evaluator works out scalar constant expressions. Others (vectors, calls) are refused by it, and then simply not
// listed among the constants.
type evaluator struct {
	tokens []token
	at     int
	lookup func(name string) (number, error)
}

var precedence = map[string]int{"|": 1, "^": 2, "&": 3, "<<": 4, ">>": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}

func (e *evaluator) peek() string {
	if e.at < len(e.tokens) {
		return e.tokens[e.at].text
	}
	return ""
}

func (e *evaluator) operator() (string, int) {
	op := e.peek()
	if (op == "<" || op == ">") && e.at+1 < len(e.tokens) && e.tokens[e.at+1].text == op {
		return op + op, 2
	}
	return op, 1
}

func (e *evaluator) whole() (number, error) {
	n, err := e.binary(1)
	if err == nil && e.at != len(e.tokens) {
		err = fmt.Errorf("%q is not part of a constant", e.peek())
	}
	return n, err
}

func (e *evaluator) binary(least int) (number, error) {
	left, err := e.unary()
	if err != nil {
		return left, err
	}
	for {
		op, width := e.operator()
		p, ok := precedence[op]
		if !ok || p < least {
			return left, nil
		}
		e.at += width
		right, err := e.binary(p + 1)
		if err != nil {
			return left, err
		}
		if left, err = apply(op, left, right); err != nil {
			return left, err
		}
	}
}

func (e *evaluator) unary() (number, error) {
	text := e.peek()
	e.at++
	switch {
	case text == "":
		return number{}, fmt.Errorf("a constant ends too early")
	case text == "-":
		n, err := e.unary()
		n.i, n.f = -n.i, -n.f
		return n, err
	case text == "~":
		n, err := e.unary()
		n.i = int64(^uint32(n.i))
		return n, err
	case text == "(":
		n, err := e.binary(1)
		if err == nil && e.peek() != ")" {
			err = fmt.Errorf("a bracket is not closed")
		}
		e.at++
		return n, err
	case text[0] >= '0' && text[0] <= '9' || text[0] == '.':
		return literal(text)
	case text == "u32" || text == "i32" || text == "f32":
		if e.peek() != "(" {
			return number{}, fmt.Errorf("%q is not a constant", text)
		}
		n, err := e.unary()
		switch {
		case err != nil:
		case text == "f32":
			n = number{f: n.float()}
		case !n.integer:
			n = number{integer: true, i: int64(n.f)}
		}
		return n, err
	default:
		return e.lookup(text)
	}
}

func literal(text string) (number, error) {
	lower := strings.ToLower(text)
	hex := strings.HasPrefix(lower, "0x")
	if bare := strings.TrimRight(lower, "ui"); !strings.ContainsAny(bare, ".p") && (hex || !strings.ContainsAny(bare, "ef")) {
		v, err := strconv.ParseInt(bare, 0, 64)
		return number{integer: true, i: v}, err
	}
	if !hex {
		lower = strings.TrimRight(lower, "fh")
	}
	v, err := strconv.ParseFloat(lower, 64)
	return number{f: v}, err
}

func apply(op string, a, b number) (number, error) {
	if a.integer && b.integer {
		r := number{integer: true}
		switch op {
		case "+":
			r.i = a.i + b.i
		case "-":
			r.i = a.i - b.i
		case "*":
			r.i = a.i * b.i
		case "/", "%":
			if b.i == 0 {
				return r, fmt.Errorf("a constant divides by zero")
			}
			if r.i = a.i / b.i; op == "%" {
				r.i = a.i % b.i
			}
		case "<<":
			r.i = int64(uint32(a.i) << uint64(b.i))
		case ">>":
			r.i = a.i >> uint64(b.i)
		case "&":
			r.i = a.i & b.i
		case "|":
			r.i = a.i | b.i
		case "^":
			r.i = a.i ^ b.i
		}
		return r, nil
	}
	x, y := a.float(), b.float()
	switch op {
	case "+":
		return number{f: x + y}, nil
	case "-":
		return number{f: x - y}, nil
	case "*":
		return number{f: x * y}, nil
	case "/":
		return number{f: x / y}, nil
	}
	return number{}, fmt.Errorf("%q wants whole numbers", op)
}
