package shaders

import (
	"fmt"
	"sort"
)

// Reflection is what the text of a module says about its interface.
type Reflection struct {
	Entries  []Entry
	Bindings []Binding         // sorted by group, then index
	Structs  map[string]Struct // those that can live in a buffer
	Consts   map[string]float64
}

// Entry is an entry point; Stage is "compute", "vertex" or "fragment".
type Entry struct {
	Name      string
	Stage     string
	Workgroup [3]uint32
}

// Binding is a resource variable. Space is "uniform", "storage_read", "storage_read_write", "texture",
// "storage_texture", "sampler" or "sampler_comparison". MinSize is the least a buffer must hold, with one element
// of a runtime-sized array.
type Binding struct {
	Group, Index uint32
	Name         string
	Space        string
	Type         string
	MinSize      uint64
}

// Struct is the layout of a WGSL struct in bytes.
type Struct struct {
	Name        string
	Size, Align uint64
	Members     []Member
}

// Member is one member of a Struct.
type Member struct {
	Name, Type   string
	Offset, Size uint64
}

// Entry finds an entry point by name.
func (r *Reflection) Entry(name string) (Entry, bool) {
	for _, e := range r.Entries {
		if e.Name == name {
			return e, true
		}
	}
	return Entry{}, false
}

// Reflect reads the module's declarations. It knows what this program's shaders use of WGSL, not all of it: the
// device's own compiler is the judge of what is valid.
func (m *Module) Reflect() (*Reflection, error) {
	tokens, err := scan(m.Source)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.Name, err)
	}
	p := &parser{
		tokens: tokens, structs: map[string][]field{}, aliases: map[string]typ{}, consts: map[string][]token{},
		known: map[string]number{}, extents: map[string]extent{}, visiting: map[string]bool{},
	}
	if err := p.module(); err != nil {
		file, line := m.Origin(p.line())
		return nil, fmt.Errorf("%s:%d: %w", file, line, err)
	}
	r, err := p.reflection()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.Name, err)
	}
	return r, nil
}

func (p *parser) reflection() (*Reflection, error) {
	r := &Reflection{Structs: map[string]Struct{}, Consts: map[string]float64{}}
	for name := range p.consts {
		if n, err := p.constant(name); err == nil {
			r.Consts[name] = n.float()
		}
	}
	for name, decl := range p.structs {
		if s, _, err := p.layoutStruct(name, decl); err == nil {
			r.Structs[name] = s
		}
	}
	for _, e := range p.entries {
		entry := Entry{Name: e.name, Stage: e.stage}
		if e.stage == "compute" {
			if len(e.workgroup) == 0 || len(e.workgroup) > 3 {
				return nil, fmt.Errorf("entry point %s: @workgroup_size with one to three numbers is missing", e.name)
			}
			entry.Workgroup = [3]uint32{1, 1, 1}
			for i, expr := range e.workgroup {
				n, err := p.evaluate(expr)
				if err != nil {
					return nil, fmt.Errorf("workgroup size of %s: %w", e.name, err)
				}
				if !n.integer || n.i < 1 || n.i > 1<<16 {
					return nil, fmt.Errorf("workgroup size of %s is %v", e.name, n.float())
				}
				entry.Workgroup[i] = uint32(n.i)
			}
		}
		r.Entries = append(r.Entries, entry)
	}
	for _, v := range p.resources {
		b, err := p.binding(v)
		if err != nil {
			return nil, fmt.Errorf("variable %s: %w", v.name, err)
		}
		r.Bindings = append(r.Bindings, b)
	}
	sort.Slice(r.Bindings, func(i, j int) bool {
		a, b := r.Bindings[i], r.Bindings[j]
		return a.Group < b.Group || a.Group == b.Group && a.Index < b.Index
	})
	for i := 1; i < len(r.Bindings); i++ {
		a, b := r.Bindings[i-1], r.Bindings[i]
		if a.Group == b.Group && a.Index == b.Index {
			return nil, fmt.Errorf("%s and %s share @group(%d) @binding(%d)", a.Name, b.Name, a.Group, a.Index)
		}
	}
	return r, nil
}

func (p *parser) binding(v resource) (Binding, error) {
	b := Binding{Name: v.name, Type: v.typ.String()}
	var err error
	if b.Group, err = p.index(v.group); err != nil {
		return b, err
	}
	if b.Index, err = p.index(v.index); err != nil {
		return b, err
	}
	base, err := p.resolve(v.typ)
	if err != nil {
		return b, err
	}
	switch {
	case v.space == "uniform":
		b.Space = "uniform"
	case v.space == "storage" && (v.access == "" || v.access == "read"):
		b.Space = "storage_read"
	case v.space == "storage" && v.access == "read_write":
		b.Space = "storage_read_write"
	case v.space == "" && len(base.name) > 15 && base.name[:15] == "texture_storage":
		b.Space = "storage_texture"
		return b, nil
	case v.space == "" && len(base.name) > 7 && base.name[:7] == "texture":
		b.Space = "texture"
		return b, nil
	case v.space == "" && (base.name == "sampler" || base.name == "sampler_comparison"):
		b.Space = base.name
		return b, nil
	default:
		return b, fmt.Errorf("unknown address space %q, access %q", v.space, v.access)
	}
	e, err := p.extentOf(base)
	if err == nil && v.space == "uniform" {
		err = p.checkUniform(base)
	}
	b.MinSize = e.size
	return b, err
}

func (p *parser) index(expr []token) (uint32, error) {
	n, err := p.evaluate(expr)
	if err == nil && (!n.integer || n.i < 0 || n.i > 1000) {
		err = fmt.Errorf("%v is no group or binding number", n.float())
	}
	return uint32(n.i), err
}

func (p *parser) evaluate(expr []token) (number, error) {
	e := evaluator{tokens: expr, lookup: p.constant}
	return e.whole()
}

// constant works out a named constant when it is first asked for: WGSL allows use before declaration.
func (p *parser) constant(name string) (number, error) {
	if n, ok := p.known[name]; ok {
		return n, nil
	}
	expr, ok := p.consts[name]
	if !ok {
		return number{}, fmt.Errorf("%q is no constant", name)
	}
	if p.visiting[name] {
		return number{}, fmt.Errorf("the constant %s depends on itself", name)
	}
	p.visiting[name] = true
	defer delete(p.visiting, name)
	n, err := p.evaluate(expr)
	if err == nil {
		p.known[name] = n
	}
	return n, err
}
