package scene

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzParse: no text makes the reader panic; an error has a place inside the
// text; what is accepted survives being written and read again.
func FuzzParse(f *testing.F) {
	shipped, err := filepath.Glob("../../scenes/*.toml")
	if err != nil || len(shipped) == 0 {
		f.Fatalf("no scenes to start from: %v", err)
	}
	for _, path := range shipped {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	faults, err := os.ReadFile("testdata/errors.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, part := range strings.Split(string(faults), "\n=== ") {
		_, body, _ := strings.Cut(part, "\n")
		input, _, _ := strings.Cut(body, "--- error\n")
		f.Add([]byte(input))
	}
	f.Add([]byte(changeable))
	f.Add([]byte(everything))
	f.Add([]byte(plane))
	f.Add([]byte("\xff\xfe\x00"))
	f.Fuzz(func(t *testing.T, text []byte) {
		locate(string(text)) // must cope with what the parser refuses, too
		s, err := Parse("x.toml", text)
		if err != nil {
			checkPlace(t, err.(*Error), text)
			return
		}
		checkRoundTrip(t, s)
		s.Warnings()
	})
}

func checkPlace(t *testing.T, e *Error, text []byte) {
	lines := strings.Count(string(text), "\n") + 1
	for _, e := range append([]*Error{e}, e.More...) {
		if e.Line < 0 || e.Line > lines || e.Col < 0 || e.Col > len(text)+1 || e.Message == "" {
			t.Errorf("no place in %d lines: %+v", lines, e)
		}
		if !utf8.ValidString(e.Error()) || strings.ContainsAny(e.Error(), "\r\x1b\x00\t") {
			t.Errorf("the error would disturb a terminal: %q", e.Error())
		}
	}
}

// checkRoundTrip: the written scene is the same scene, and its text is settled.
func checkRoundTrip(t *testing.T, s *Scene) {
	t.Helper()
	text := s.TOML()
	again, err := Parse(s.Name+".toml", text)
	if err != nil {
		t.Fatalf("the written scene is refused: %v\n%s", err, text)
	}
	// Colours are written in 8 bits, as they were read.
	if !reflect.DeepEqual(s, again) {
		t.Fatalf("the written scene is another one:\n%+v\n%+v\n%s", s, again, text)
	}
	if s.Hash() != again.Hash() {
		t.Fatal("the hash is another one")
	}
}
