package main

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"image"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/mdouchement/hdr"
	"github.com/mdouchement/hdr/codec/rgbe"
)

// around is which picture stands around the water now.
type around struct {
	shown bool
	sum   uint64 // of its file
}

var environmentSeed = maphash.MakeSeed()

// setEnvironment shows the picture that a scene names. beside reads files from the folder of the scene.
func (s *stage) setEnvironment(sc *scene.Scene, beside func(string) ([]byte, error)) error {
	name := sc.View.Image
	if name == "" {
		if !s.around.shown {
			return nil
		}
		s.around = around{}
		return s.renderer.SetEnvironment(nil)
	}
	data, err := beside(name)
	if err != nil {
		return fmt.Errorf("view.image: cannot read %s: %w", name, withoutPath(err))
	}
	next := around{true, maphash.Bytes(environmentSeed, data)}
	if s.around == next {
		return nil
	}
	picture, err := readEnvironment(data)
	if err == nil {
		err = s.renderer.SetEnvironment(picture)
	}
	if err != nil {
		return fmt.Errorf("view.image: %s: %w", name, err)
	}
	s.around = next
	return nil
}

// mostEnvironment is how many pixels a picture of what is around may have: 16k by 8k.
const mostEnvironment = 1 << 27

// readEnvironment decodes a Radiance picture.
func readEnvironment(data []byte) (out *pass.Environment, err error) {
	defer func() {
		if recover() != nil { // the decoder trusts its input
			out, err = nil, errors.New("the picture is damaged")
		}
	}()
	head, err := rgbe.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, errors.New("this is no Radiance picture; it wants one in the format .hdr (RGBE)")
	}
	if head.Width < 4 || head.Width != 2*head.Height {
		return nil, fmt.Errorf("the picture has %d by %d pixels; one of all that is around is twice as wide as high", head.Width, head.Height)
	}
	if head.Width > mostEnvironment/head.Height {
		return nil, fmt.Errorf("the picture has %d by %d pixels; make it smaller: 2048 by 1024 are shown", head.Width, head.Height)
	}
	decoded, err := rgbe.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, errors.New("the picture is damaged or cut short")
	}
	picture, ok := decoded.(hdr.Image)
	if !ok {
		return nil, errors.New("the picture is of a kind that is not known")
	}
	out = &pass.Environment{Width: head.Width, Height: head.Height, Light: make([]float32, 0, 3*head.Width*head.Height)}
	for y := range head.Height {
		for x := range head.Width {
			at := image.Pt(x, y).Add(picture.Bounds().Min)
			r, g, b, _ := picture.HDRAt(at.X, at.Y).HDRRGBA()
			out.Light = append(out.Light, float32(r), float32(g), float32(b))
		}
	}
	return out, nil
}
