package main

import (
	"bytes"
	"image"
	"math"
	"strings"
	"testing"

	"github.com/mdouchement/hdr"
	"github.com/mdouchement/hdr/codec/rgbe"
	"github.com/mdouchement/hdr/hdrcolor"
)

// radiance is a .hdr file in which light goes from 0 at the bottom to 2 at the top, and a lamp.
func radiance(t *testing.T, width, height int) []byte {
	t.Helper()
	m := hdr.NewRGB(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			v := 2 * float64(height-y) / float64(height)
			m.SetRGB(x, y, hdrcolor.RGB{R: v, G: v / 2, B: v / 4})
		}
	}
	m.SetRGB(width/4, height/4, hdrcolor.RGB{R: 5000, G: 4000, B: 3000})
	var out bytes.Buffer
	if err := rgbe.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadEnvironment(t *testing.T) {
	data := radiance(t, 64, 32)
	v, err := readEnvironment(data)
	if err != nil {
		t.Fatal(err)
	}
	if v.Width != 64 || v.Height != 32 || len(v.Light) != 3*64*32 {
		t.Fatalf("%d by %d, %d numbers", v.Width, v.Height, len(v.Light))
	}
	// numbers of this format have 8 bits
	for _, each := range []struct {
		at   int
		want float64
	}{{3 * 0, 2}, {3*0 + 1, 1}, {3 * (16*64 + 5), 1}, {3 * (8*64 + 16), 5000}} {
		if got := float64(v.Light[each.at]); math.Abs(got-each.want) > each.want/100 {
			t.Errorf("number %d is %g, want %g", each.at, got, each.want)
		}
	}
	damaged := bytes.Clone(data)
	for i := 200; i < len(damaged); i += 3 {
		damaged[i] = 255
	}
	for name, each := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":    {nil, "no Radiance picture"},
		"a PNG":      {[]byte("\x89PNG\r\n\x1a\n..."), "no Radiance picture"},
		"a square":   {radiance(t, 32, 32), "32 by 32 pixels; one of all that is around is twice as wide"},
		"cut short":  {data[:len(data)/2], "damaged or cut short"},
		"large":      {[]byte("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 100000 +X 200000\n"), "make it smaller"},
		"negative":   {[]byte("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y -4 +X -8\n"), "-8 by -4"},
		"no picture": {[]byte("#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n"), "no Radiance picture"},
	} {
		if _, err := readEnvironment(each.data); err == nil || !strings.Contains(err.Error(), each.want) {
			t.Errorf("%s: %v, want something with %q", name, err, each.want)
		}
	}
	if _, err := readEnvironment(damaged); err != nil && !strings.Contains(err.Error(), "damaged") {
		t.Errorf("damaged: %v", err)
	}
}
