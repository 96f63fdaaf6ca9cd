package shaders

import (
	"fmt"
	"strconv"
	"strings"
)

// typ is a type as written: a name with parameters. A constant array length is a parameter as well.
type typ struct {
	name string
	args []typ
	expr []token // of an array length
}

func (t typ) String() string {
	if len(t.expr) > 0 {
		var b strings.Builder
		for _, tok := range t.expr {
			b.WriteString(tok.text)
		}
		return b.String()
	}
	if len(t.args) == 0 {
		return t.name
	}
	parts := make([]string, len(t.args))
	for i, a := range t.args {
		parts[i] = a.String()
	}
	return t.name + "<" + strings.Join(parts, ", ") + ">"
}

// extent is the room a type takes in a buffer. For a runtime-sized array, size is that of one element, the least
// that a binding may hold.
type extent struct {
	align, size uint64
	runtime     bool
}

func roundUp(n, to uint64) uint64 { return (n + to - 1) / to * to }

// resolve follows aliases to the type they stand for.
func (p *parser) resolve(t typ) (typ, error) {
	for range len(p.aliases) + 1 {
		target, ok := p.aliases[t.name]
		if !ok {
			return t, nil
		}
		t = target
	}
	return t, fmt.Errorf("the alias %s stands for itself", t.name)
}

// extentOf follows the table "Alignment and Size" of the WGSL specification.
func (p *parser) extentOf(t typ) (extent, error) {
	switch t.name {
	case "u32", "i32", "f32":
		return extent{align: 4, size: 4}, nil
	case "atomic":
		if len(t.args) == 1 {
			return p.extentOf(t.args[0])
		}
	case "array":
		return p.arrayExtent(t)
	}
	if columns, rows, ok := matrix(t); ok {
		column := vectorExtent(rows)
		return extent{align: column.align, size: columns * roundUp(column.size, column.align)}, nil
	}
	if n, ok := vector(t); ok {
		return vectorExtent(n), nil
	}
	if _, ok := p.aliases[t.name]; ok {
		if p.visiting[t.name] {
			return extent{}, fmt.Errorf("the alias %s contains itself", t.name)
		}
		p.visiting[t.name] = true
		defer delete(p.visiting, t.name)
		return p.extentOf(p.aliases[t.name])
	}
	if decl, ok := p.structs[t.name]; ok {
		if e, ok := p.extents[t.name]; ok {
			return e, nil
		}
		s, last, err := p.layoutStruct(t.name, decl)
		e := extent{align: s.Align, size: s.Size, runtime: last}
		if err == nil {
			p.extents[t.name] = e // structs within structs would be worked out again and again
		}
		return e, err
	}
	return extent{}, fmt.Errorf("the type %q cannot live in a buffer, or is not known here", t)
}

func (p *parser) arrayExtent(t typ) (extent, error) {
	if len(t.args) == 0 || len(t.args) > 2 {
		return extent{}, fmt.Errorf("array wants one or two parameters")
	}
	element, err := p.extentOf(t.args[0])
	if err != nil {
		return element, err
	}
	if element.runtime {
		return element, fmt.Errorf("%q: an array of a runtime-sized type", t)
	}
	stride := roundUp(element.size, element.align)
	if len(t.args) == 1 {
		return extent{align: element.align, size: stride, runtime: true}, nil
	}
	n, err := p.evaluate(t.args[1].expr)
	if err != nil {
		return element, fmt.Errorf("length of %q: %w", t, err)
	}
	if !n.integer || n.i <= 0 {
		return element, fmt.Errorf("length of %q is not a positive whole number", t)
	}
	return extent{align: element.align, size: stride * uint64(n.i)}, nil
}

func vectorExtent(n uint64) extent {
	align := 4 * n
	if n == 3 {
		align = 16
	}
	return extent{align: align, size: 4 * n}
}

// vector knows vec3<f32> and the short forms vec3f, vec3u, vec3i.
func vector(t typ) (n uint64, ok bool) {
	rest, ok := strings.CutPrefix(t.name, "vec")
	if !ok || rest == "" || rest[0] < '2' || rest[0] > '4' {
		return 0, false
	}
	long := len(rest) == 1 && len(t.args) == 1 && strings.Contains(" u32 i32 f32 ", " "+t.args[0].name+" ")
	short := len(rest) == 2 && len(t.args) == 0 && strings.ContainsRune("fui", rune(rest[1]))
	return uint64(rest[0] - '0'), long || short
}

func matrix(t typ) (columns, rows uint64, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSuffix(t.name, "f"), "mat")
	if !ok || len(rest) != 3 || rest[1] != 'x' {
		return 0, 0, false
	}
	c, err1 := strconv.ParseUint(rest[:1], 10, 8)
	r, err2 := strconv.ParseUint(rest[2:], 10, 8)
	return c, r, err1 == nil && err2 == nil && c >= 2 && c <= 4 && r >= 2 && r <= 4
}

// layoutStruct places the members; runtime tells whether the last one is a runtime-sized array.
func (p *parser) layoutStruct(name string, decl []field) (s Struct, runtime bool, err error) {
	s = Struct{Name: name, Align: 1}
	if p.visiting[name] {
		return s, false, fmt.Errorf("struct %s contains itself", name)
	}
	p.visiting[name] = true
	defer delete(p.visiting, name)
	offset := uint64(0)
	for i, f := range decl {
		e, err := p.extentOf(f.typ)
		if err != nil {
			return s, false, fmt.Errorf("struct %s, member %s: %w", name, f.name, err)
		}
		if e.runtime && i != len(decl)-1 {
			return s, false, fmt.Errorf("struct %s: the runtime-sized member %s is not the last", name, f.name)
		}
		if f.align > 0 {
			e.align = f.align
		}
		if f.size > 0 {
			e.size = f.size
		}
		offset = roundUp(offset, e.align)
		s.Members = append(s.Members, Member{Name: f.name, Type: f.typ.String(), Offset: offset, Size: e.size})
		offset += e.size
		s.Align = max(s.Align, e.align)
		runtime = e.runtime
	}
	s.Size = roundUp(offset, s.Align)
	return s, runtime, nil
}

// checkUniform refuses what the uniform address space forbids: arrays with a stride, and structs inside structs at
// an offset, that is no multiple of 16.
func (p *parser) checkUniform(t typ) error {
	t, err := p.resolve(t)
	if err != nil {
		return err
	}
	if t.name == "array" {
		e, err := p.extentOf(t.args[0])
		if err != nil {
			return err
		}
		if roundUp(e.size, e.align)%16 != 0 {
			return fmt.Errorf("%q in a uniform: the stride of its elements is no multiple of 16", t)
		}
		return p.checkUniform(t.args[0])
	}
	decl, ok := p.structs[t.name]
	if !ok {
		return nil
	}
	s, _, err := p.layoutStruct(t.name, decl)
	if err != nil {
		return err
	}
	for i, m := range s.Members {
		if _, nested := p.structs[decl[i].typ.name]; nested && m.Offset%16 != 0 {
			return fmt.Errorf("struct %s in a uniform: member %s begins at %d, no multiple of 16", t.name, m.Name, m.Offset)
		}
		if err := p.checkUniform(decl[i].typ); err != nil {
			return err
		}
	}
	return nil
}
