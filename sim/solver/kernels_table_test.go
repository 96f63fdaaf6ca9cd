package solver_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/shaders"
)

// Every kernel says in its header what it does, and names an oracle that exists and is called as it is.
func TestKernelHeaders(t *testing.T) {
	oracles := functionsOf(t, filepath.Join("..", "ref"))
	for _, name := range shaders.Names("sim") {
		header, err := shaders.KernelHeader(name)
		if err != nil {
			t.Error(err)
			continue
		}
		short := strings.TrimPrefix(name, "sim/")
		if want := "ref." + camelCase(short); header.Oracle != want {
			t.Errorf("%s: oracle %q, want %q", name, header.Oracle, want)
		} else if !oracles[camelCase(short)] {
			t.Errorf("%s: sim/ref has no function %s", name, camelCase(short))
		}
		r, err := compose(t, name).Reflect()
		if err != nil {
			t.Error(err)
			continue
		}
		if len(r.Entries) != 1 || r.Entries[0].Name != short || r.Entries[0].Stage != "compute" {
			t.Errorf("%s: entry points %+v, want one of its own name", name, r.Entries)
		}
		for _, b := range r.Bindings {
			if b.Space == "storage_read_write" && !shaders.Mentions(header.Writes, b.Name) {
				t.Errorf("%s: writes %s, which its line Writes does not mention", name, b.Name)
			}
			if b.Space != "storage_read_write" && !shaders.Mentions(header.Reads, b.Name) {
				t.Errorf("%s: reads %s, which its line Reads does not mention", name, b.Name)
			}
		}
	}
}

// functionsOf lists the exported functions of a package from its source.
func functionsOf(t *testing.T, dir string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no Go files in %s: %v", dir, err)
	}
	found := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range tree.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.IsExported() {
				found[f.Name.Name] = true
			}
		}
	}
	return found
}

// camelCase is the rule that turns WGSL names into Go names: clear_cells -> ClearCells, _pad0 -> Pad0.
func camelCase(name string) string {
	var b strings.Builder
	for _, part := range strings.Split(name, "_") {
		if part != "" {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return b.String()
}

// Groups 0 to 2 mean the same in every kernel: one number, one variable, one type. Group 3 is each pass's own.
func TestBindingsMeanTheSameEverywhere(t *testing.T) {
	type place struct{ group, index uint32 }
	type use struct{ kernel, name, kind string }
	byPlace := map[place]use{}
	byName := map[string]place{}
	for _, name := range shaders.Names("sim") {
		r, err := compose(t, name).Reflect()
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range r.Bindings {
			if b.Group == 3 {
				continue
			}
			at := place{b.Group, b.Index}
			now := use{name, b.Name, compatible(b.Type)}
			if was, ok := byPlace[at]; !ok {
				byPlace[at] = now
			} else if was.name != now.name || was.kind != now.kind {
				t.Errorf("@group(%d) @binding(%d) is %s: %s in %s, and %s: %s in %s",
					b.Group, b.Index, was.name, was.kind, was.kernel, now.name, now.kind, now.kernel)
			}
			if was, ok := byName[b.Name]; !ok {
				byName[b.Name] = at
			} else if was != at {
				t.Errorf("%s is at %v in %s and at %v elsewhere", b.Name, at, name, was)
			}
		}
	}
	if len(byPlace) < 10 {
		t.Errorf("only %d bindings seen", len(byPlace))
	}
}

// compatible drops what does not change the bytes: atomic<u32> is a u32 in memory.
func compatible(kind string) string {
	kind = strings.ReplaceAll(kind, " ", "")
	return strings.ReplaceAll(kind, "atomic<u32>", "u32")
}
