package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// meter tells how far a long command is: a bar with the time left on a
// terminal, a plain line every now and then anywhere else.
type meter struct {
	w       io.Writer
	what    string
	bar     *progressbar.ProgressBar
	began   time.Time
	told    time.Time
	percent int
}

const (
	meterScale = 1000             // positions of the bar
	meterPause = 10 * time.Second // between plain lines
)

func newMeter(w io.Writer, what string) *meter {
	m := &meter{w: w, what: what, began: time.Now(), told: time.Now()}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		m.bar = progressbar.NewOptions(meterScale,
			progressbar.OptionSetWriter(w),
			progressbar.OptionSetDescription(what),
			progressbar.OptionSetWidth(30),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	return m
}

// at tells that so much of all is done.
func (m *meter) at(done, all float64) {
	fraction := 1.0
	if all > 0 {
		fraction = min(done/all, 1)
	}
	if m.bar != nil {
		_ = m.bar.Set(int(fraction * meterScale))
		return
	}
	now := time.Now()
	if now.Sub(m.told) < meterPause || fraction <= 0 || fraction >= 1 {
		return
	}
	m.told = now
	left := time.Duration(float64(now.Sub(m.began)) * (1 - fraction) / fraction)
	fmt.Fprintf(m.w, "%s: %.0f %%, about %s left\n", m.what, 100*fraction, left.Round(time.Second))
}

// done takes the bar away. It may be called more than once.
func (m *meter) done() {
	if m.bar != nil {
		_ = m.bar.Clear()
		_ = m.bar.Exit()
		m.bar = nil
	}
}
