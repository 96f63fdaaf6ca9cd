package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// script is a queue of lines that drive the window instead of hands; doc.go
// lists what they may say. Answers go to standard output, a line each.
type script struct {
	lines chan string
	until int // displayed frames to wait for
}

func readCommands(r io.Reader) *script {
	s := &script{lines: make(chan string, 64)}
	go func() {
		defer close(s.lines)
		for lines := bufio.NewScanner(r); lines.Scan(); {
			s.lines <- strings.TrimSpace(lines.Text())
		}
	}()
	return s
}

// obey does what the lines that have arrived say, one after another. A line
// waits until the one before is done.
func (v *viewer) obey() error {
	if v.script == nil {
		return nil
	}
	for !v.quit && v.until == 0 && v.single == 0 && v.grab == "" && v.frames >= v.script.until {
		select {
		case line, open := <-v.script.lines:
			if !open {
				v.script = nil
				return nil
			}
			if line == "" {
				continue
			}
			if err := v.command(line); err != nil {
				return err
			}
		default:
			return nil
		}
	}
	return nil
}

func (v *viewer) command(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	answer := func(format string, args ...any) {
		fmt.Fprintf(v.app.out, word+" "+format+"\n", args...)
	}
	switch word {
	case "open":
		v.drop([]string{rest})
		answer("%s", v.run.scene.Name)
	case "steps", "frames":
		n, err := strconv.Atoi(rest)
		if err != nil || n < 1 {
			return usagef("--commands: %q: not a positive number", line)
		}
		if word == "frames" {
			v.script.until, v.dirty = v.frames+n, true
			return nil
		}
		v.until, v.paused = uint64(n), false
	case "hash":
		if err := v.device.Wait(); err != nil {
			return err
		}
		hash, err := v.run.solver.Hash()
		if err != nil {
			return err
		}
		answer("%d %s", v.run.solver.Poll().Step, hash)
	case "title":
		answer("%s", v.titleNow())
	case "size":
		width, height := v.screen.Size()
		answer("%d %d", width, height)
	case "control":
		if v.board.panel == nil {
			answer("none")
			return nil
		}
		if x, y, ok := v.board.panel.Place(rest); ok {
			answer("%.0f %.0f", x, y)
		} else {
			answer("none")
		}
	case "set":
		v.change(v.labelOf(strings.TrimSpace(before(rest, "="))), true, rest)
		answer("done")
	case "value":
		value, _, _ := v.run.scene.Value(rest)
		answer("%s", scene.Format(value))
	case "camera":
		c := v.camera
		answer("%.6g %.6g", c.Position, c.Target)
	default:
		a, ok := actionNamed(word)
		if !ok {
			return usagef("--commands: there is no command %q", line)
		}
		v.act(a)
		answer("done")
	}
	return nil
}

// before is what stands before a mark in a text.
func before(text, mark string) string {
	head, _, _ := strings.Cut(text, mark)
	return head
}
