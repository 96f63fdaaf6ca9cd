package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
)

// open shows another scene. On an error the one that runs goes on.
func (v *viewer) open(src source) error {
	written, err := src.read()
	if err != nil {
		return err
	}
	return v.openWritten(src, written)
}

// openWritten shows a scene that has been read already: a pipe gives it once.
func (v *viewer) openWritten(src source, written *scene.Scene) error {
	run, err := v.load(src, written)
	if err != nil {
		return err
	}
	v.show(run, false)
	v.src = src
	v.watch.close()
	v.watch = nil
	if src.file && isRegular(src.name) {
		if v.watch, err = newWatch(src.name); err != nil {
			v.app.say("%s is not watched for changes: %v", src.name, err)
		}
	}
	return nil
}

func isRegular(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// load puts a scene on the device.
func (v *viewer) load(src source, written *scene.Scene) (*session, error) {
	own, method, err := v.ownCount(written)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", src.title(), err)
	}
	fewer := 0
	if v.app.particles == 0 && own > 0 {
		fewer = chooseCount(v.device.Info(), method, own)
	}
	run, err := v.app.populate(v.device, written, fewer)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", src.title(), err)
	}
	if fewer > 0 {
		v.app.say("%s: %s particles instead of the scene's %s, to stay near %d frames a second on the CPU; --particles N overrides that",
			src.title(), inWords(run.set.Report.Fluid), inWords(own), softwareRate)
	} else {
		v.app.say("%s: %s particles", src.title(), inWords(run.set.Report.Fluid))
	}
	v.app.warn(src.title(), run.scene, run.set)
	return run, nil
}

// ownCount is the number of particles the scene has by itself, and its solver;
// they matter only where fewer would be chosen.
func (v *viewer) ownCount(written *scene.Scene) (n int, method string, err error) {
	if !v.device.Info().Software || v.app.particles > 0 {
		return 0, "", nil
	}
	sc, err := written.Set(v.app.set...)
	if err != nil {
		return 0, "", err
	}
	n, err = seed.Count(sc)
	return n, sc.Solver.Type, err
}

// show makes a prepared scene the one on the screen.
func (v *viewer) show(run *session, keepCamera bool) {
	if v.movie != nil {
		v.stopMovie()
	}
	if v.run != nil {
		v.run.solver.Release()
	}
	v.run = run
	width, height := v.screen.Size()
	home := homeCamera(run.scene, aspect(width, height))
	if !keepCamera {
		v.camera = home
	}
	if err := v.stage.setScene(run.scene); err != nil {
		v.complain(err)
	}
	v.pace = newPace(run.scene.Time.Speed, run.scene.Time.MaxSteps, v.device.Info().Software)
	v.meter = speedometer{}
	v.last = run.solver.Poll()
	v.fault, v.problem, v.single, v.until = "", "", 0, 0
	v.dirty = true
	v.title = ""
}

// reload shows the new version of the open file. A version that cannot be read
// changes nothing but the title.
func (v *viewer) reload() {
	written, err := v.src.read()
	var run *session
	if err == nil {
		run, err = v.load(v.src, written)
	}
	if err != nil {
		v.problem = firstLine(err.Error())
		v.title = ""
		v.complain(err)
		v.app.say("the scene before this save goes on")
		return
	}
	before := v.run.scene
	v.show(run, before.Camera == run.scene.Camera && (!run.scene.Camera.Auto || sameBox(before, run.scene)))
	v.app.say("reloaded %s", v.src.title())
}

func sameBox(a, b *scene.Scene) bool {
	return a.Domain.Min == b.Domain.Min && a.Domain.Max == b.Domain.Max
}

// reset starts the scene again from its beginning.
func (v *viewer) reset() {
	if err := v.run.solver.Reset(); err != nil {
		v.complain(err)
		return
	}
	v.fault, v.single, v.until = "", 0, 0
	v.last = v.run.solver.Poll()
	v.pace.restart()
	v.meter = speedometer{}
	v.dirty = true
	v.title = ""
	if v.movie != nil {
		v.movie.restart(0)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// leaf goes on to another built-in scene.
func (v *viewer) leaf(by int) {
	names := scenes.Names()
	at := slices.Index(names, v.src.name)
	if v.src.file || at < 0 {
		at = -1
		if by < 0 {
			at = 0
		}
	}
	next := source{name: names[(at+by+len(names))%len(names)]}
	if err := v.open(next); err != nil {
		v.complain(err)
	}
}

// drop opens a file that was dropped on the window.
func (v *viewer) drop(paths []string) {
	for _, path := range paths {
		if strings.EqualFold(filepath.Ext(path), ".toml") && (isRegular(path) || !exists(path)) {
			if err := v.open(source{name: path, file: true}); err != nil {
				v.problem = firstLine(err.Error())
				v.title = ""
				v.complain(err)
			}
			return
		}
	}
	if len(paths) > 0 {
		v.complain(fmt.Errorf("%s is not a scene: scenes are .toml files", filepath.Base(paths[0])))
	}
}
