package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/agnivade/levenshtein"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
)

// source is where a scene comes from: a built-in name or a file.
type source struct {
	name string // built-in name, or the path of the file
	file bool
}

// findScene tells what a SCENE argument means, or what was probably meant.
func findScene(argument string, commands []string) (source, error) {
	if _, err := scenes.Text(argument); err == nil {
		return source{name: argument}, nil
	}
	if looksLikeFile(argument) {
		return source{name: argument, file: true}, nil
	}
	known := append(scenes.Names(), commands...)
	hint := "run 'fluidsim scenes' for the built-in ones, or name a .toml file"
	if close := nearest(argument, known); close != "" {
		hint = fmt.Sprintf("did you mean %q?", close)
	}
	return source{}, usagef("%q is neither a built-in scene nor a file; %s", argument, hint)
}

func looksLikeFile(argument string) bool {
	if strings.EqualFold(filepath.Ext(argument), ".toml") || strings.ContainsAny(argument, `/\`) {
		return true
	}
	_, err := os.Stat(argument)
	return err == nil || !errors.Is(err, fs.ErrNotExist)
}

// nearest is the known word with the least typing mistakes, or "".
func nearest(word string, known []string) string {
	word = strings.ToLower(word)
	type candidate struct {
		name     string
		distance int
	}
	var close []candidate
	for _, name := range known {
		distance := levenshtein.ComputeDistance(word, strings.ToLower(name))
		if distance <= max(2, len(name)/3) || len(word) >= 3 && strings.HasPrefix(name, word) {
			close = append(close, candidate{name, distance})
		}
	}
	if len(close) == 0 {
		return ""
	}
	sort.SliceStable(close, func(i, j int) bool { return close[i].distance < close[j].distance })
	return close[0].name
}

// read loads a scene as its author wrote it.
func (s source) read() (*scene.Scene, error) {
	sc, _, err := s.readText()
	return sc, err
}

// readText loads a scene with its text: a pipe gives it once.
func (s source) readText() (sc *scene.Scene, text []byte, err error) {
	if s.file {
		text, err = scene.Read(s.name)
	} else {
		text, err = scenes.Text(s.name)
	}
	if err != nil {
		return nil, nil, err
	}
	sc, err = scene.Parse(s.name, text)
	return sc, text, err
}

// mostBytes is the largest file that is read whole: hours of hands or years of gauges.
const mostBytes = 256 << 20

// readBounded reads a file, and not without end what has none. The error does not name it.
func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, withoutPath(err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostBytes+1))
	if err == nil && len(text) > mostBytes {
		err = fmt.Errorf("too large: more than %d MiB", mostBytes>>20)
	}
	return text, withoutPath(err)
}

// title is what to call the source in messages.
func (s source) title() string {
	if s.file {
		return filepath.Base(s.name)
	}
	return s.name
}

// adjust applies --set and then --particles, or instead of it the given number
// when the user asked for none (0: leave the scene's own).
func (a *app) adjust(sc *scene.Scene, otherwise int) (*scene.Scene, error) {
	if len(a.set) > 0 {
		changed, err := sc.Set(a.set...)
		if err != nil {
			return nil, err
		}
		sc = changed
	}
	want := int(a.particles)
	if want == 0 {
		want = otherwise
	}
	return fitCount(sc, want)
}

// fitCount is the scene with the spacing that gives about this many particles; 0
// leaves the scene's own.
func fitCount(sc *scene.Scene, want int) (*scene.Scene, error) {
	if want == 0 || len(sc.Fluid.Shapes) == 0 {
		return sc, nil
	}
	if want > seed.MaxParticles {
		return nil, fmt.Errorf("%s particles are too many: one simulation holds at most %s", inWords(want), inWords(seed.MaxParticles))
	}
	return seed.FitSpacing(sc, want)
}

// loadScene finds, reads and adjusts the scene of a command.
func (a *app) loadScene(argument string, otherwise int) (*scene.Scene, error) {
	src, err := findScene(argument, nil)
	if err != nil {
		return nil, err
	}
	sc, err := src.read()
	if err != nil {
		return nil, err
	}
	return a.adjust(sc, otherwise)
}
