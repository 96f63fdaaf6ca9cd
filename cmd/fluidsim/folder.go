package main

import (
	"errors"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/ncruces/zenity"

	"github.com/fluidsim/fluidsim/render/surface"
	"github.com/fluidsim/fluidsim/render/ui"
)

// mostEntries bounds what is listed of a folder.
const mostEntries = 2000

// listFolder is the folders, scenes and files of inputs in a folder.
func listFolder(path string) ui.Folder {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	f := ui.Folder{Path: path}
	entries, err := os.ReadDir(path)
	if err != nil {
		var inner *os.PathError
		if errors.As(err, &inner) {
			err = inner.Err
		}
		f.Error = "This folder cannot be read: " + err.Error()
		return f
	}
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(path, e.Name())) // through links
		if err != nil || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if info.IsDir() || strings.EqualFold(filepath.Ext(e.Name()), ".toml") || isInputs(e.Name()) {
			f.Entries = append(f.Entries, ui.Entry{Name: e.Name(), Folder: info.IsDir()})
		}
	}
	sort.SliceStable(f.Entries, func(i, j int) bool { return f.Entries[i].Folder && !f.Entries[j].Folder })
	f.Entries = f.Entries[:min(len(f.Entries), mostEntries)]
	return f
}

// dialogs asks the system for a file while the window goes on.
type dialogs struct {
	answer chan answer
	open   bool
}

type answer struct {
	path string
	err  error
}

// canAsk tells whether the system has such a dialog.
func canAsk() bool { return zenity.IsAvailable() }

// ask shows the dialog; what was chosen comes with answered.
func (d *dialogs) ask(folder string) {
	if d.open {
		return
	}
	d.open = true
	if d.answer == nil {
		d.answer = make(chan answer, 1)
	}
	go func() {
		path, err := zenity.SelectFile(zenity.Title("Open a scene"), zenity.Filename(folder+string(filepath.Separator)),
			zenity.FileFilters{{Name: "Scenes and inputs", Patterns: []string{"*.toml", "*" + inputsEnding}, CaseFold: true}})
		d.answer <- answer{path, err}
		surface.Wake()
	}()
}

// answered is the file that was chosen; "" while there is none.
func (d *dialogs) answered() (path string, err error) {
	if !d.open {
		return "", nil
	}
	select {
	case a := <-d.answer:
		d.open = false
		if errors.Is(a.err, zenity.ErrCanceled) {
			return "", nil
		}
		return a.path, a.err
	default:
		return "", nil
	}
}
