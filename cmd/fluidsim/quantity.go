package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// count is a number of particles as people write it: 20000, 250k, 1M, 1.5e5.
// It is a flag value.
type count int

func (c *count) String() string { return strconv.Itoa(int(*c)) }
func (c *count) Type() string   { return "N" }

func (c *count) Set(text string) error {
	n, err := parseCount(text)
	if err == nil {
		*c = count(n)
	}
	return err
}

func parseCount(text string) (int, error) {
	plain := strings.ReplaceAll(strings.TrimSpace(text), "_", "")
	factor := 1.0
	if plain != "" {
		switch plain[len(plain)-1] {
		case 'k', 'K':
			factor, plain = 1e3, plain[:len(plain)-1]
		case 'm', 'M':
			factor, plain = 1e6, plain[:len(plain)-1]
		}
	}
	v, err := strconv.ParseFloat(plain, 64)
	v = math.Round(v * factor)
	switch {
	case err != nil || math.IsNaN(v):
		return 0, fmt.Errorf("not a number of particles; write it like 20000, 250k, 1M or 1.5e5")
	case v < 1:
		return 0, fmt.Errorf("there must be at least one particle")
	case v > 1e9:
		return 0, fmt.Errorf("more than any GPU can hold")
	}
	return int(v), nil
}

// pixels is the size of a picture as a flag value, like 1280x720.
type pixels struct{ width, height int }

// maxPicture bounds a picture's sides: GPUs take no larger textures.
const maxPicture = 8192

func (p *pixels) String() string {
	if p.width == 0 {
		return ""
	}
	return fmt.Sprintf("%dx%d", p.width, p.height)
}

func (p *pixels) Type() string { return "WxH" }

func (p *pixels) Set(text string) error {
	w, h, ok := strings.Cut(strings.ToLower(text), "x")
	width, err1 := strconv.Atoi(strings.TrimSpace(w))
	height, err2 := strconv.Atoi(strings.TrimSpace(h))
	switch {
	case !ok || err1 != nil || err2 != nil:
		return fmt.Errorf("not a size; write it like 1280x720")
	case width < 16 || height < 16:
		return fmt.Errorf("too small; the least is 16x16")
	case width > maxPicture || height > maxPicture:
		return fmt.Errorf("too large; the most is %dx%d", maxPicture, maxPicture)
	}
	p.width, p.height = width, height
	return nil
}

// inWords writes a number with thin groups: 1,234,567.
func inWords(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// bytesInWords writes an amount of memory: 12.3 MB.
func bytesInWords(n float64) string {
	for _, unit := range []string{"B", "kB", "MB"} {
		if n < 1000 {
			return strconv.FormatFloat(n, 'g', 3, 64) + " " + unit
		}
		n /= 1000
	}
	return strconv.FormatFloat(n, 'f', 1, 64) + " GB"
}
