package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

const module = "github.com/fluidsim/fluidsim/"

// downwards is which of our packages each may import; "render/" stands for a
// package on its own row and everything below it.
var downwards = map[string][]string{
	"cmd/fluidsim":          {"render/", "scenes", "shaders", "sim/"},
	"render/view":           {},
	"render/pass":           {"render/view", "shaders", "sim/gpu", "sim/layout"},
	"render/surface":        {"render/pass", "render/view", "shaders", "sim/gpu", "sim/layout"},
	"render/capture":        {"render/pass", "render/view", "shaders", "sim/gpu", "sim/layout", "sim/whole"},
	"render/label":          {"render/pass", "render/view"},
	"render/plot":           {},
	"render/ui":             {"assets/fonts", "render/pass", "render/surface"},
	"assets/fonts":          {},
	"sim/export":            {"sim/whole"},
	"sim/whole":             {},
	"sim/probe":             {"sim/layout", "sim/ref", "sim/scene"},
	"sim/solver":            {"shaders", "sim/gpu", "sim/layout", "sim/ref", "sim/scene", "sim/seed"},
	"sim/validation":        {"scenes", "sim/gpu", "sim/scene", "sim/seed", "sim/solver"},
	"sim/seed":              {"sim/layout", "sim/ref", "sim/scene"},
	"sim/ref":               {"sim/layout"},
	"sim/gpu":               {"shaders", "sim/gpu/internal/shim", "sim/layout"},
	"sim/gpu/internal/shim": {},
	"sim/gpu/gputest":       {"shaders", "sim/gpu", "sim/layout", "sim/ref"},
	"sim/scene":             {},
	"sim/layout":            {},
	"shaders":               {},
	"scenes":                {},
}

// guarded are outside packages that only a few of ours may know.
var guarded = map[string][]string{
	"github.com/cogentcore/webgpu/": {"render/capture", "render/pass", "render/surface", "sim/gpu", "sim/gpu/"},
	"github.com/AllenDang/":         {"render/ui"},
	"github.com/ncruces/zenity":     {"cmd/fluidsim"},
	"github.com/go-gl/glfw/":        {"render/surface", "cmd/fluidsim"},
	"github.com/spf13/":             {"cmd/fluidsim"},
	"gonum.org/v1/plot":             {"render/plot"},
	"github.com/BurntSushi/toml":    {"sim/scene"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

// The rooms depend on each other downwards only.
func TestImportDirection(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports", "../../...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	seen := 0
	for {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name, ours := strings.CutPrefix(p.ImportPath, module)
		if !ours {
			continue
		}
		seen++
		allowed, known := downwards[name]
		if !known {
			t.Errorf("%s has no row in this test: say what it may import", name)
		}
		for _, imported := range p.Imports {
			if inner, ours := strings.CutPrefix(imported, module); ours && !matches(inner, allowed) {
				t.Errorf("%s imports %s, which is not below it", name, inner)
			}
			for prefix, who := range guarded {
				if strings.HasPrefix(imported, prefix) && !matches(name, who) {
					t.Errorf("%s imports %s, which only %s may know", name, imported, strings.Join(who, ", "))
				}
			}
		}
	}
	if seen < 8 {
		t.Errorf("go list showed only %d of our packages", seen)
	}
}

func matches(name string, patterns []string) bool {
	for _, pattern := range patterns {
		if name == pattern || strings.HasSuffix(pattern, "/") && strings.HasPrefix(name, pattern) {
			return true
		}
	}
	return false
}
