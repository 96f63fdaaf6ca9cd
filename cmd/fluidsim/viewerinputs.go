package main

import (
	"path/filepath"
	"time"

	"github.com/fluidsim/fluidsim/sim/solver"
	"github.com/fluidsim/fluidsim/sim/whole"
)

// inputsEnding is how the names of files of inputs end.
const inputsEnding = ".inputs.jsonl"

// inputs are what hands have done since the scene began.
type inputs []solver.Input

// save writes them with the state that the run is in.
func (in *inputs) save(v *viewer, now time.Time) (string, error) {
	run := v.run.solver
	if err := run.Flush(); err != nil {
		return "", err
	}
	hash, err := run.Hash()
	if err != nil {
		return "", err
	}
	stats, err := run.Settle()
	if err != nil {
		return "", err
	}
	in.take(run)
	folder := pictureFolder()
	if v.src.file {
		folder = filepath.Dir(v.src.name)
	}
	path := freshName(folder, v.run.scene.Name, inputsEnding, now)
	file, err := whole.Create(path)
	if err != nil {
		return "", err
	}
	if err := encodeInputs(file, v.run.began, run.Room(), *in, stats.Step, hash); err != nil {
		file.Drop()
		return "", err
	}
	return path, file.Commit()
}

// take adds those whose step is known now.
func (in *inputs) take(run *solver.Solver) { *in = append(*in, run.Inputs()...) }
