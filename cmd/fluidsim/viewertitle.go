package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/fluidsim/fluidsim/render/pass"
)

// tell keeps the title up to date, a few times a second.
func (v *viewer) tell(now time.Time) {
	if now.Sub(v.titled) < 250*time.Millisecond && v.title != "" {
		return
	}
	v.titled = now
	if title := v.titleNow(); title != v.title {
		v.title = title
		v.screen.SetTitle(title)
	}
}

// titleNow is the title of the window: scene, particles, frames a second,
// simulated time, and how that compares with the clock.
func (v *viewer) titleNow() string {
	parts := []string{v.run.scene.Name, inWords(v.last.Particles) + " particles"}
	if v.last.Lost > 0 {
		parts[1] += fmt.Sprintf(" (%s gone)", inWords(v.last.Lost))
	}
	if v.paused {
		parts = append(parts, fmt.Sprintf("%.3f s", v.last.Time))
	} else {
		parts = append(parts,
			fmt.Sprintf("%.0f fps", v.meter.rate()),
			fmt.Sprintf("%.3f s", v.last.Time),
			fmt.Sprintf("%.3gx real time", v.meter.factor()))
	}
	if v.stage.look.style == pass.Water {
		parts = append(parts, "water")
	} else {
		parts = append(parts, "colour: "+v.stage.look.field())
	}
	if v.tilted != nil {
		parts = append(parts, fmt.Sprintf("gravity tilted %.0f°", between(*v.tilted, v.run.scene.Gravity)))
	}
	switch {
	case v.fault != "":
		parts = append(parts, "STOPPED: "+firstLine(v.fault))
	case v.paused:
		parts = append(parts, "paused")
	}
	if v.movie != nil {
		parts = append(parts, fmt.Sprintf("recording, %d frames", v.movie.frames))
	}
	if v.problem != "" {
		parts = append(parts, "ERROR in the file: "+v.problem)
	}
	return strings.Join(parts, " | ") + " - fluidsim"
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
