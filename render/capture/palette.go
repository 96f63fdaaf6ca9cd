package capture

import (
	"image"
	"sort"
)

// A GIF frame has 256 colours; the last one stands for "as before", which keeps still parts of the
// picture free of cost.
const (
	paletteSize = 255
	unchanged   = 255
)

// histogramBits a channel: fine enough for palettes, small enough to count every frame.
const histogramBits = 5

type histogram [1 << (3 * histogramBits)]bin

type bin struct {
	count   uint32
	r, g, b uint64 // sums, so that a palette entry is a true mean
}

func (h *histogram) count(frame *image.NRGBA) {
	*h = histogram{}
	pixels := tightPixels(frame)
	for i := 0; i+3 < len(pixels); i += 4 {
		r, g, b := pixels[i], pixels[i+1], pixels[i+2]
		at := &h[int(r>>3)<<10|int(g>>3)<<5|int(b>>3)]
		at.count++
		at.r += uint64(r)
		at.g += uint64(g)
		at.b += uint64(b)
	}
}

// palette is a set of colours with a table that finds the nearest one quickly.
type palette struct {
	colours [][3]uint8
	nearest []int16 // by 6-bit channels; -1: not looked up yet
}

// colourBox is a set of histogram bins; median cut splits the one with the largest spread.
type colourBox struct {
	bins   []int
	spread float64 // summed squared distance to the mean along the longest axis
	axis   int
}

// newPalette cuts the colours of a histogram into at most paletteSize groups: each time the group
// with the largest sum of squared distances is split at its mean (Wu's criterion on Heckbert's
// median cut, "Color image quantization for frame buffer display", 1982).
func newPalette(h *histogram) *palette {
	var all []int
	for i := range h {
		if h[i].count > 0 {
			all = append(all, i)
		}
	}
	boxes := []colourBox{measure(h, all)}
	for len(boxes) < paletteSize {
		widest := 0
		for i := range boxes {
			if boxes[i].spread > boxes[widest].spread {
				widest = i
			}
		}
		if boxes[widest].spread <= 0 {
			break
		}
		low, high := split(h, boxes[widest])
		if len(low) == 0 || len(high) == 0 {
			boxes[widest].spread = 0
			continue
		}
		boxes[widest] = measure(h, low)
		boxes = append(boxes, measure(h, high))
	}
	p := &palette{nearest: make([]int16, 1<<18)}
	for i := range p.nearest {
		p.nearest[i] = -1
	}
	for _, box := range boxes {
		var total bin
		for _, i := range box.bins {
			total.count += h[i].count
			total.r += h[i].r
			total.g += h[i].g
			total.b += h[i].b
		}
		if n := uint64(total.count); n > 0 {
			p.colours = append(p.colours, [3]uint8{uint8((total.r + n/2) / n), uint8((total.g + n/2) / n), uint8((total.b + n/2) / n)})
		}
	}
	return p
}

func (b *bin) channel(axis int) float64 {
	sum := b.r
	if axis == 1 {
		sum = b.g
	} else if axis == 2 {
		sum = b.b
	}
	return float64(sum) / float64(b.count)
}

func measure(h *histogram, bins []int) colourBox {
	box := colourBox{bins: bins}
	for axis := range 3 {
		var weight, sum, squares float64
		for _, i := range bins {
			n, v := float64(h[i].count), h[i].channel(axis)
			weight += n
			sum += n * v
			squares += n * v * v
		}
		if weight == 0 {
			return box
		}
		if spread := squares - sum*sum/weight; spread > box.spread {
			box.spread, box.axis = spread, axis
		}
	}
	if len(bins) < 2 {
		box.spread = 0
	}
	return box
}

func split(h *histogram, box colourBox) (low, high []int) {
	var weight, sum float64
	for _, i := range box.bins {
		weight += float64(h[i].count)
		sum += float64(h[i].count) * h[i].channel(box.axis)
	}
	mean := sum / weight
	bins := append([]int(nil), box.bins...)
	sort.Ints(bins) // the same palette on every run
	for _, i := range bins {
		if h[i].channel(box.axis) < mean {
			low = append(low, i)
		} else {
			high = append(high, i)
		}
	}
	return low, high
}

// find returns the palette entry nearest to a colour, to 6 bits a channel.
func (p *palette) find(r, g, b uint8) uint8 {
	key := int(r>>2)<<12 | int(g>>2)<<6 | int(b>>2)
	if at := p.nearest[key]; at >= 0 {
		return uint8(at)
	}
	best, bestDistance := 0, 1<<30
	for i, c := range p.colours {
		// the eye weighs green most and blue least
		dr, dg, db := int(c[0])-int(r), int(c[1])-int(g), int(c[2])-int(b)
		if d := 3*dr*dr + 6*dg*dg + db*db; d < bestDistance {
			best, bestDistance = i, d
		}
	}
	p.nearest[key] = int16(best)
	return uint8(best)
}

// misfit is the mean squared distance between the colours counted and their palette entries.
func (p *palette) misfit(h *histogram) float64 {
	var total, weight float64
	for i := range h {
		if n := float64(h[i].count); n > 0 {
			r, g, b := h[i].channel(0), h[i].channel(1), h[i].channel(2)
			c := p.colours[p.find(uint8(r), uint8(g), uint8(b))]
			dr, dg, db := r-float64(c[0]), g-float64(c[1]), b-float64(c[2])
			total += n * (dr*dr + dg*dg + db*db)
			weight += n
		}
	}
	if weight == 0 {
		return 0
	}
	return total / weight
}

// bayer is the 8x8 ordered-dither matrix (Bayer 1973). A pattern fixed to the screen, unlike error
// diffusion, keeps still parts of a film still.
var bayer = func() (m [8][8]int) {
	for y := range 8 {
		for x := range 8 {
			v, q := 0, x^y
			for bit := range 3 {
				v = v<<2 | (q>>bit&1)<<1 | y>>bit&1
			}
			m[y][x] = v
		}
	}
	return m
}()

// ditherReach is the height of the dither pattern in colour steps: about the distance between
// palette entries in a smooth gradient.
const ditherReach = 9

// quantize writes the palette index of every pixel.
func (p *palette) quantize(out []uint8, frame *image.NRGBA) {
	width := frame.Rect.Dx()
	pixels := tightPixels(frame)
	for i := range out {
		x, y := i%width, i/width
		shift := (bayer[y&7][x&7]*2 - 63) * ditherReach / 128
		q := 4 * i
		out[i] = p.find(shifted(pixels[q], shift), shifted(pixels[q+1], shift), shifted(pixels[q+2], shift))
	}
}

func shifted(v uint8, by int) uint8 { return uint8(min(max(int(v)+by, 0), 255)) }
