package shaders

import (
	"errors"
	"fmt"
)

type field struct {
	name        string
	typ         typ
	align, size uint64
}

type resource struct {
	name, space, access string
	typ                 typ
	group, index        []token
}

type entryPoint struct {
	name, stage string
	workgroup   [][]token
}

// parser reads the module-scope declarations and steps over function bodies.
type parser struct {
	tokens    []token
	at        int
	structs   map[string][]field
	aliases   map[string]typ
	consts    map[string][]token
	resources []resource
	entries   []entryPoint
	known     map[string]number
	extents   map[string]extent
	visiting  map[string]bool
}

var errEnd = errors.New("the text ends too early")

func (p *parser) line() int {
	if len(p.tokens) == 0 {
		return 1
	}
	return p.tokens[min(p.at, len(p.tokens)-1)].line
}

func (p *parser) peek() string {
	if p.at < len(p.tokens) {
		return p.tokens[p.at].text
	}
	return ""
}

func (p *parser) next() string {
	text := p.peek()
	p.at++
	return text
}

func (p *parser) expect(want string) error {
	if got := p.peek(); got != want {
		if got == "" {
			return errEnd
		}
		return fmt.Errorf("%q where %q was expected", got, want)
	}
	p.at++
	return nil
}

// until collects tokens up to, not including, one of the signs outside any bracket.
func (p *parser) until(signs ...string) ([]token, error) {
	var out []token
	depth := 0
	for {
		text := p.peek()
		if text == "" {
			return nil, errEnd
		}
		if depth == 0 {
			for _, s := range signs {
				if text == s {
					return out, nil
				}
			}
		}
		switch text {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			depth--
		}
		out = append(out, p.tokens[p.at])
		p.at++
	}
}

// attributes reads "@name(arguments)" groups.
func (p *parser) attributes() (map[string][][]token, error) {
	found := map[string][][]token{}
	for p.peek() == "@" {
		p.at++
		name := p.next()
		found[name] = nil
		if p.peek() != "(" {
			continue
		}
		p.at++
		for p.peek() != ")" {
			arg, err := p.until(",", ")")
			if err != nil {
				return nil, err
			}
			found[name] = append(found[name], arg)
			if p.peek() == "," {
				p.at++
			}
		}
		p.at++
	}
	return found, nil
}

func (p *parser) typ() (typ, error) {
	t := typ{name: p.next()}
	if t.name == "" {
		return t, errEnd
	}
	if p.peek() != "<" {
		return t, nil
	}
	p.at++
	for p.peek() != ">" {
		// The second parameter of an array is an expression, all others read as types.
		if t.name == "array" && len(t.args) == 1 {
			expr, err := p.until(">", ",")
			if err != nil {
				return t, err
			}
			t.args = append(t.args, typ{expr: expr})
		} else {
			arg, err := p.typ()
			if err != nil {
				return t, err
			}
			t.args = append(t.args, arg)
		}
		if p.peek() == "," {
			p.at++
		} else if p.peek() != ">" {
			return t, p.expect(">")
		}
	}
	p.at++
	return t, nil
}

func (p *parser) module() error {
	for p.peek() != "" {
		attrs, err := p.attributes()
		if err != nil {
			return err
		}
		switch word := p.next(); word {
		case ";":
		case "struct":
			err = p.structure()
		case "const":
			err = p.constDecl()
		case "alias":
			err = p.alias()
		case "var":
			err = p.variable(attrs)
		case "fn":
			err = p.function(attrs)
		default:
			p.at--
			err = fmt.Errorf("%q begins no declaration known here", word)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) structure() error {
	name := p.next()
	if _, twice := p.structs[name]; twice {
		return fmt.Errorf("struct %s is declared twice", name)
	}
	if err := p.expect("{"); err != nil {
		return err
	}
	fields := []field{}
	for p.peek() != "}" {
		attrs, err := p.attributes()
		if err != nil {
			return err
		}
		f := field{name: p.next()}
		if err := p.expect(":"); err != nil {
			return err
		}
		if f.typ, err = p.typ(); err != nil {
			return err
		}
		for key, into := range map[string]*uint64{"align": &f.align, "size": &f.size} {
			if args := attrs[key]; len(args) == 1 {
				n, err := p.evaluate(args[0])
				if err != nil || n.i <= 0 {
					return fmt.Errorf("@%s of %s.%s is no positive constant", key, name, f.name)
				}
				*into = uint64(n.i)
			}
		}
		fields = append(fields, f)
		if p.peek() == "," {
			p.at++
		} else if p.peek() != "}" {
			return p.expect("}")
		}
	}
	p.at++
	p.structs[name] = fields
	return nil
}

func (p *parser) constDecl() error {
	name := p.next()
	if _, twice := p.consts[name]; twice {
		return fmt.Errorf("const %s is declared twice", name)
	}
	if _, err := p.until("="); err != nil { // a type may stand here
		return err
	}
	p.at++
	expr, err := p.until(";")
	p.consts[name] = expr
	p.at++
	return err
}

func (p *parser) alias() error {
	name := p.next()
	if err := p.expect("="); err != nil {
		return err
	}
	t, err := p.typ()
	p.aliases[name] = t
	if err != nil {
		return err
	}
	return p.expect(";")
}

func (p *parser) variable(attrs map[string][][]token) error {
	v := resource{}
	if p.peek() == "<" {
		p.at++
		v.space = p.next()
		if p.peek() == "," {
			p.at++
			v.access = p.next()
		}
		if err := p.expect(">"); err != nil {
			return err
		}
	}
	v.name = p.next()
	if v.space == "workgroup" || v.space == "private" {
		_, err := p.until(";")
		p.at++
		return err
	}
	if err := p.expect(":"); err != nil {
		return err
	}
	var err error
	if v.typ, err = p.typ(); err != nil {
		return err
	}
	if len(attrs["group"]) != 1 || len(attrs["binding"]) != 1 {
		return fmt.Errorf("variable %s has no @group and @binding", v.name)
	}
	v.group, v.index = attrs["group"][0], attrs["binding"][0]
	p.resources = append(p.resources, v)
	return p.expect(";")
}

func (p *parser) function(attrs map[string][][]token) error {
	name := p.next()
	for _, stage := range []string{"compute", "vertex", "fragment"} {
		if _, ok := attrs[stage]; ok {
			p.entries = append(p.entries, entryPoint{name: name, stage: stage, workgroup: attrs["workgroup_size"]})
		}
	}
	if _, err := p.until("{"); err != nil {
		return err
	}
	p.at++
	if _, err := p.until("}"); err != nil {
		return err
	}
	p.at++
	return nil
}
