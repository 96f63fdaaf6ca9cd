package main

import (
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/render/surface"
)

func TestParseCount(t *testing.T) {
	for text, want := range map[string]int{
		"20000": 20000, "250k": 250_000, "1M": 1_000_000, "1.5e5": 150_000,
		"0.5m": 500_000, "1_000": 1000, "1": 1, "2.5K": 2500,
	} {
		if got, err := parseCount(text); err != nil || got != want {
			t.Errorf("parseCount(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "k", "many", "0", "-5", "NaN", "Inf", "1e300", "0.2", "10G", "1k k"} {
		if got, err := parseCount(text); err == nil {
			t.Errorf("parseCount(%q) = %d; want an error", text, got)
		}
	}
}

func TestPixels(t *testing.T) {
	var p pixels
	if err := p.Set("1280x720"); err != nil || p != (pixels{1280, 720}) {
		t.Errorf("got %v, %v", p, err)
	}
	for _, text := range []string{"", "12", "axb", "0x0", "15x200", "9000x10", "100x", "-1x5", "1e3x100"} {
		if err := p.Set(text); err == nil {
			t.Errorf("%q was taken as %v", text, p)
		}
	}
}

func TestNumbersInWords(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000", -999: "-999"} {
		if got := inWords(n); got != want {
			t.Errorf("inWords(%d) = %q, want %q", n, got, want)
		}
	}
	for n, want := range map[float64]string{12: "12 B", 1234: "1.23 kB", 12.3e6: "12.3 MB", 2.5e9: "2.5 GB"} {
		if got := bytesInWords(n); got != want {
			t.Errorf("bytesInWords(%g) = %q, want %q", n, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"dam-break", "double-dam-break", "record", "scenes"}
	for word, want := range map[string]string{"dam-brek": "dam-break", "recrod": "record", "Dam-Break": "dam-break", "doubl": "double-dam-break", "xyzzy": ""} {
		if got := nearest(word, known); got != want {
			t.Errorf("nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

// Every key and every action has one meaning, and all of it is told.
func TestKeyMap(t *testing.T) {
	keys, actions := map[surface.Key]bool{}, map[action]bool{}
	for _, b := range keyMap {
		for _, key := range b.keys {
			if keys[key] {
				t.Errorf("the key %q means two things", key)
			}
			keys[key] = true
		}
		if actions[b.action] {
			t.Errorf("the action %q has two rows", b.action)
		}
		actions[b.action] = true
		if (b.label == "") != (b.help == "") {
			t.Errorf("the row of %q is half told", b.action)
		}
	}
	if !strings.Contains(keyTable(2), "pause") {
		t.Error("the key table does not tell how to pause")
	}
}
