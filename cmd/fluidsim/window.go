package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/sim/gpu"
)

// windowOptions are the flags of the window.
type windowOptions struct {
	argument   string
	size       pixels
	paused     bool
	fullscreen bool
	noPanel    bool
	plain      bool // with the panel of a new user, which is not remembered

	exitAfter int  // displayed frames; 0: never
	commands  bool // obey lines from standard input
}

func (o *windowOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.Var(&o.size, "size", "size of the window (default 1280x800, 960x600 without a GPU)")
	f.BoolVar(&o.paused, "paused", false, "start paused")
	f.BoolVar(&o.fullscreen, "fullscreen", false, "start in fullscreen")
	f.BoolVar(&o.noPanel, "no-panel", false, "start with the panel hidden; Tab shows it")
	f.IntVar(&o.exitAfter, "exit-after-frames", 0, "")
	f.BoolVar(&o.commands, "commands", false, "")
	_ = f.MarkHidden("exit-after-frames")
	_ = f.MarkHidden("commands")
}

// window opens the window on a scene and stays until it is closed.
func (a *app) window(src source, o *windowOptions) error {
	v, err := a.prepareWindow(src, o)
	if err != nil {
		return err
	}
	defer v.close()
	defer v.stop.release()
	if o.commands {
		v.script = readCommands(a.in)
	}
	return v.loop()
}

// prepareWindow opens the window on a scene.
func (a *app) prepareWindow(src source, o *windowOptions) (*viewer, error) {
	// A scene that cannot be read must not open a window first.
	written, text, err := src.readText()
	if err != nil {
		return nil, err
	}
	if _, err := written.Set(a.set...); err != nil {
		return nil, err
	}
	if a.inputs != "" {
		if _, err := readInputs(a.inputs); err != nil {
			return nil, err
		}
	}
	v, err := openViewer(a, o)
	if err != nil {
		return nil, err
	}
	if a.inputs != "" {
		if err := v.takeInputs(a.inputs); err != nil {
			v.close()
			return nil, err
		}
	}
	if v.device.Info().Software {
		a.say("%s renders on the CPU: this works, but a GPU is hundreds of times faster", v.device.Info().Name)
	} else {
		a.say("using %s", adapterInWords(v.device.Info()))
	}
	if err := v.openWritten(src, written, text); err != nil {
		v.close()
		return nil, err
	}
	v.launch.did("scene")
	v.paused = o.paused
	v.stop = interrupts()
	return v, nil
}

// windowSize is how large the window opens unless the user says: smaller where
// every pixel is drawn by the CPU.
func windowSize() pixels {
	adapters, err := gpu.Adapters()
	for _, info := range adapters {
		if !info.Software {
			return pixels{1280, 800}
		}
	}
	if err != nil {
		return pixels{1280, 800}
	}
	return pixels{960, 600}
}

// say tells something on standard error that is not a mistake.
func (a *app) say(format string, args ...any) {
	fmt.Fprintf(a.err, format+"\n", args...)
}
