package scene

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the expected errors in testdata")

// eachGolden runs fn on every case of a file of testdata (`=== name`, the input,
// `--- error`, the expected text) and compares.
func eachGolden(t *testing.T, file string, fn func(t *testing.T, name, input string) string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(text), "\n=== ")
	rewritten := head
	for _, part := range strings.Split(rest, "\n=== ") {
		name, body, _ := strings.Cut(part, "\n")
		input, want, ok := strings.Cut(body, "--- error\n")
		if !ok {
			t.Fatalf("%s: %q has no expected error", file, name)
		}
		want = strings.TrimSuffix(want, "\n")
		t.Run(name, func(t *testing.T) {
			got := fn(t, name, input)
			rewritten += "\n=== " + name + "\n" + input + "--- error\n" + got + "\n"
			if diff := cmp.Diff(want, got); diff != "" && !*update {
				t.Errorf("the error is another one (-want +got):\n%s", diff)
			}
		})
	}
	if *update {
		if err := os.WriteFile(file, []byte(rewritten), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestErrors(t *testing.T) {
	eachGolden(t, "testdata/errors.txt", func(t *testing.T, name, input string) string {
		_, err := Parse("dam.toml", []byte(input))
		if err == nil {
			t.Fatal("no error")
		}
		e := err.(*Error)
		for _, e := range append([]*Error{e}, e.More...) {
			if (e.Line < 1 || e.Col < 1 || e.Excerpt == "") && strings.TrimSpace(input) != "" {
				t.Errorf("no place: %+v", e)
			}
		}
		return err.Error()
	})
}

// changeable is the scene that the assignments of testdata/sets.txt are made to.
const changeable = `format = 1
[domain]
min = [0, 0, 0]
max = [1, 1, 1]
[fluid]
spacing = 0.05
[[fluid.shape]]
type = "box"
min = [0.3, 0, 0]
max = [0.5, 0.5, 0.5]
[[obstacle]]
type = "sphere"
position = [0.7, 0.2, 0.5]
radius = 0.1
[[obstacle]]
type = "box"
position = [0.9, 0.2, 0.5]
size = [0.1, 0.4, 0.3]
color = "#ff8000"
`

func TestSets(t *testing.T) {
	s := parse1(t, changeable)
	before := string(s.TOML())
	eachGolden(t, "testdata/sets.txt", func(t *testing.T, name, input string) string {
		_, err := s.Set(strings.TrimSuffix(input, "\n"))
		if err == nil {
			t.Fatal("no error")
		}
		if _, ok := err.(*Error); !ok {
			t.Errorf("not an *Error: %T", err)
		}
		return err.Error()
	})
	if string(s.TOML()) != before {
		t.Error("the scene was changed")
	}
}

// parse1 parses a scene that must be good.
func parse1(t testing.TB, text string) *Scene {
	t.Helper()
	s, err := Parse("test.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
