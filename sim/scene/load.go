package scene

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/BurntSushi/toml"
)

// Load reads a scene from a file.
func Load(path string) (*Scene, error) {
	text, err := Read(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, text)
}

// Read reads the text of a scene file, which may be no scene.
func Read(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	if info.IsDir() {
		return nil, &Error{File: path, Message: "this is a folder, not a scene file", Hint: "name a .toml file in it"}
	}
	if info.Size() > maxFileSize {
		return nil, tooLarge(path, info.Size())
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer file.Close()
	// A device or a pipe has no size: never read more than a scene can have.
	text, err := io.ReadAll(io.LimitReader(file, maxFileSize+1))
	if err != nil {
		return nil, unreadable(path, err)
	}
	return text, nil
}

func unreadable(path string, err error) *Error {
	e := &Error{File: path, Message: "cannot be read: " + err.Error(), cause: err}
	var inner *fs.PathError
	if errors.As(err, &inner) {
		e.Message = "cannot be read: " + inner.Err.Error()
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Message, e.Hint = "there is no such file", "`fluidsim scenes` lists the built-in scenes"
	case errors.Is(err, fs.ErrPermission):
		e.Message, e.Hint = "no permission to read this file", ""
	}
	return e
}

// Parse reads a scene from a text. The name is a file name, for errors; without
// folder and ending it is the name of the scene.
func Parse(name string, text []byte) (*Scene, error) {
	if err := guard(name, text); err != nil {
		return nil, err
	}
	plainText := strings.TrimPrefix(string(text), "\ufeff")
	tree, err := parse(plainText)
	if err != nil {
		return nil, syntaxError(name, plainText, err)
	}
	if strings.TrimSpace(plainText) == "" {
		return nil, &Error{File: name, Message: "the file is empty", Hint: "`fluidsim scenes copy dam-break` writes a scene to start from"}
	}
	r := &report{}
	s := decode(tree, r)
	if err := r.inFile(name, plainText); err != nil {
		return nil, err
	}
	s.Name = strings.TrimSuffix(filepath.Base(filepath.ToSlash(name)), ".toml")
	return s, nil
}

// parse is the TOML parser, whose own mistakes must not reach the user as a
// panic.
func parse(text string) (tree map[string]any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("not a TOML text")
		}
	}()
	_, err = toml.Decode(text, &tree)
	return tree, err
}

func syntaxError(name, text string, err error) *Error {
	e := &Error{File: name, Message: strings.TrimPrefix(err.Error(), "toml: ")}
	var parseError toml.ParseError
	if errors.As(err, &parseError) {
		e.Message = wording(parseError.Message)
		start := parseError.Position.Start
		e.at(text, span{start, start + parseError.Position.Len})
	} else {
		e.at(text, span{0, 1})
	}
	switch trimmed := strings.TrimSpace(text); {
	case strings.HasPrefix(trimmed, "{"):
		e.Hint = "this looks like JSON; a scene is a TOML text: key = value"
	case strings.HasPrefix(trimmed, "<"):
		e.Hint = "this looks like HTML or XML; a scene is a TOML text: key = value"
	case strings.Contains(e.Message, "already been defined") || strings.Contains(e.Message, "already defined"):
		e.Hint = "each key may stand once in its table; shapes and obstacles repeat with [[fluid.shape]] and [[obstacle]]"
	case strings.HasPrefix(e.Message, "expected '.' or '='"):
		e.Hint = "a line of a scene is a [table], a key = value or a comment after #"
	}
	return e
}

// tidy rounds away the noise of binary fractions.
func tidy(v float64) float64 { return math.Round(v*1e9) / 1e9 }

// wording is the parser's message in the style of the others.
func wording(message string) string {
	message = short(strings.TrimSuffix(message, ".")) // it may quote the text, whatever that is
	if message == "" {
		return "not a TOML text"
	}
	// "Key 'x'" begins a sentence there; here it goes on after the place.
	if strings.HasPrefix(message, "Key ") || strings.HasPrefix(message, "Invalid ") {
		message = strings.ToLower(message[:1]) + message[1:]
	}
	return strings.Replace(message, " is out of range for int64", " is too large a whole number; write it with a decimal point", 1)
}
