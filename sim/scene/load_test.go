package scene

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "my tank.toml")
	write(t, path, changeable)
	s, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "my tank" {
		t.Errorf("name %q", s.Name)
	}
	write(t, path, strings.Replace(changeable, "0.05", "0", 1))
	_, err = Load(path)
	want := path + `:6:11: fluid.spacing must be positive (got 0)
   6 | spacing = 0
     |           ^
  hint: fluid.spacing is 0.00001 to 1000, in m`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "missing.toml")
	_, err := Load(missing)
	if !errors.Is(err, fs.ErrNotExist) || err.Error() != missing+": there is no such file\n  hint: `fluidsim scenes` lists the built-in scenes" {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := Load(dir); err == nil || err.Error() != dir+": this is a folder, not a scene file\n  hint: name a .toml file in it" {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Load(""); err == nil {
		t.Error("no path: no error")
	}
	if _, err := Load("a\x00b"); err == nil {
		t.Error("a path with a zero byte: no error")
	}
	if e := unreadable("x.toml", &fs.PathError{Op: "open", Path: "x.toml", Err: fs.ErrPermission}); e.Error() != "x.toml: no permission to read this file" {
		t.Errorf("a forbidden file: %v", e)
	}
}

// TestHugeFile: 100 MB of garbage are refused by their size, unread.
func TestHugeFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge.toml")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Truncate(100_000_000); err != nil {
		t.Fatal(err)
	}
	file.Close()
	start := time.Now()
	_, err = Load(path)
	want := path + ": the file is too large for a scene (95.4 MiB, at most 1 MiB)\n  hint: is this really a scene? a scene is a TOML text of a few kilobytes"
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %v", took)
	}
}

func TestNotText(t *testing.T) {
	for text, want := range map[string]string{
		"\x7fELF\x02\x01\x01\x00\x00":  "x.toml:1:8: this is not a text file (byte 0x00 at offset 7)\n   1 | ·ELF·····\n     |        ^\n  hint: a scene is a TOML text in UTF-8; `fluidsim scenes copy dam-break` writes one to start from",
		"\xff\xfef\x00o\x00":           "x.toml: this text is saved as UTF-16\n  hint: save it as UTF-8",
		"format = 1\ntitle = \"\xe9\"": "x.toml:2:10: this is not a text file (byte 0xe9 at offset 20)\n   2 | title = \"·\"\n     |          ^\n  hint: a scene is a TOML text in UTF-8; `fluidsim scenes copy dam-break` writes one to start from",
	} {
		if _, err := Parse("x.toml", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("%q: got\n%v\nwant\n%s", text, err, want)
		}
	}
}

// TestOtherEditors: what editors on other systems write is the same scene.
func TestOtherEditors(t *testing.T) {
	want := parse1(t, changeable)
	for name, text := range map[string]string{
		"byte order mark":   "\ufeff" + changeable,
		"line ends":         strings.ReplaceAll(changeable, "\n", "\r\n"),
		"no last line end":  strings.TrimSuffix(changeable, "\n"),
		"whole numbers":     strings.ReplaceAll(changeable, "[0, 0, 0]", "[0, 0.0, -0]"),
		"indented":          strings.ReplaceAll(changeable, "\n", "\n\t  "),
		"lists over lines":  strings.ReplaceAll(changeable, "[0, 0, 0]", "[\n  0, # x\n  0,\n  0,\n]"),
		"comments all over": strings.ReplaceAll(changeable, "\n", " # [x] = \"\n"),
	} {
		if got := parse1(t, text); got.Hash() != want.Hash() {
			t.Errorf("%s: another scene:\n%s", name, got.TOML())
		}
	}
	_, err := Parse("x.toml", []byte("\ufeffformat = 1\r\nspacing = 3\r\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "x.toml:1:1: the table [domain] is missing") || !strings.Contains(err.Error(), "x.toml:2:1: unknown key \"spacing\"\n   2 | spacing = 3\n") {
		t.Errorf("places behind a byte order mark: %v", err)
	}
}

// TestHostile: texts made to exhaust a parser are refused, or read, quickly.
func TestHostile(t *testing.T) {
	repeat := func(s string) string { return strings.Repeat(s, (maxFileSize-64)/len(s)) }
	keys := &strings.Builder{}
	for i := 0; keys.Len() < maxFileSize-32; i++ {
		fmt.Fprintf(keys, "k%d=1\n", i)
	}
	for name, text := range map[string]string{
		"brackets":         "a = " + repeat("["),
		"brackets, lines":  "a = " + repeat("[\n"),
		"tables":           "a = " + repeat("{a="),
		"dots":             "a" + repeat(".a"),
		"dots, spaces":     "a" + repeat(" . a"),
		"dots in a header": "[a" + repeat(".a") + "]",
		"quoted dots":      `"a"` + repeat(`."a"`),
		"strings in lists": "a = " + repeat(`["]",`),
		"repeated tables":  repeat("[[a]]\n"),
		"repeated shapes":  "format = 1\n" + repeat("[[fluid.shape]]\n"),
		"many keys":        keys.String(),
		"many numbers":     "a = [" + repeat("1,") + "]",
		"many line ends":   repeat("\n"),
		"comment":          repeat("#"),
		"one long line":    repeat("x"),
		"long string":      "format = 1\ntitle = \"" + strings.Repeat("x", maxFileSize-64) + "\"\n",
		"open string":      `a = "` + repeat("x"),
		"open text":        `a = """` + repeat("x\n"),
		"escapes":          `a = """` + repeat(`\\`),
	} {
		t.Run(name, func(t *testing.T) {
			if len(text) > maxFileSize {
				t.Fatalf("%d bytes: refused for its size only", len(text))
			}
			start := time.Now()
			_, err := Parse("x.toml", []byte(text))
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("took %v", took)
			}
			if err == nil {
				t.Fatal("no error")
			}
			if n := len(err.Error()); n > 6000 {
				t.Errorf("the error is %d bytes long", n)
			}
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
