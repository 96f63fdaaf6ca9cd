package main

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the parts of the README that are printed from the program")

const readme = "../../README.md"

// The README shows the keys and commands that the program has.
func TestReadme(t *testing.T) {
	raw, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	begin := strings.Index(text, "<!-- keys:")
	end := strings.Index(text, "<!-- end of keys -->")
	if begin < 0 || end < begin {
		t.Fatal("the README has no place for the keys")
	}
	begin += strings.Index(text[begin:], "\n") + 1
	if want := keyMarkdown(); text[begin:end] != want {
		if !*update {
			t.Error("the README's keys are not the program's; go test ./cmd/fluidsim -run TestReadme -update")
		} else if err := os.WriteFile(readme, []byte(text[:begin]+want+text[end:]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range newRoot(&app{}).Commands() {
		if !c.Hidden && c.Name() != "help" && !strings.Contains(text, "`fluidsim "+c.Name()) {
			t.Errorf("the README does not tell of the command %s", c.Name())
		}
	}
	for _, link := range regexp.MustCompile(`\]\(([^)#]+)\)`).FindAllStringSubmatch(text, -1) {
		if strings.Contains(link[1], "://") {
			continue
		}
		if _, err := os.Stat("../../" + link[1]); err != nil {
			t.Errorf("the README links to %s, which is not there", link[1])
		}
	}
}

// Every command that a person may type says how, with an example.
func TestEveryCommandHasAnExample(t *testing.T) {
	for _, c := range newRoot(&app{}).Commands() {
		if c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		if c.Example == "" || c.Short == "" || c.Long == "" {
			t.Errorf("%s lacks an example or a description", c.Name())
		}
	}
}
