package pass

import (
	"errors"
	"fmt"
	"math"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// Environment is a picture of all that stands around, twice as wide as high: its middle is seen along -z, its upper edge is
// straight above.
type Environment struct {
	Width, Height int
	Light         []float32 // red, green and blue, linear, row by row from the top
}

// surroundings are what the Water style makes of an Environment.
type surroundings struct {
	picture             *texture
	sun                 [3]float64
	sunlight            [3]float64
	above, below, level [3]float64 // light of the upper and the lower half, and at the horizon
}

const (
	environmentWidth = 2048 // texels at most: finer than a surface of particles can mirror
	brightest        = 30   // of the picture's middling light: what is above is the sun's
	usualSky         = 0.57 // what its upper half is brought to, as bright as the built-in sky
	mostSun          = 8.0
	lowestSun        = 0.2 // height of its direction: below it shadows would have no end
	horizonHeight    = 0.12
)

func luminance(c [3]float64) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// shrunk is the picture with whole boxes of its texels made one, so that it is not too large.
func (v *Environment) shrunk() *Environment {
	k := (v.Width + environmentWidth - 1) / environmentWidth
	if k == 1 {
		return v
	}
	out := &Environment{Width: v.Width / k, Height: v.Height / k}
	out.Light = make([]float32, 3*out.Width*out.Height)
	for y := range out.Height {
		for x := range out.Width {
			for c := range 3 {
				sum := 0.0
				for i := range k * k {
					sum += float64(v.Light[3*((y*k+i/k)*v.Width+x*k+i%k)+c])
				}
				out.Light[3*(y*out.Width+x)+c] = float32(sum / float64(k*k))
			}
		}
	}
	return out
}

// each calls do with every texel's light, its direction and the solid angle that it covers.
func (v *Environment) each(do func(i int, light, way [3]float64, angle float64)) {
	for y := range v.Height {
		sin, cos := math.Sincos(math.Pi * (float64(y) + 0.5) / float64(v.Height))
		angle := 2 * math.Pi / float64(v.Width) * math.Pi / float64(v.Height) * sin
		for x := range v.Width {
			s, c := math.Sincos(2 * math.Pi * ((float64(x)+0.5)/float64(v.Width) - 0.5))
			i := y*v.Width + x
			light := [3]float64{float64(v.Light[3*i]), float64(v.Light[3*i+1]), float64(v.Light[3*i+2])}
			do(i, light, [3]float64{s * sin, cos, -c * sin}, angle)
		}
	}
}

// light tells the sun in a picture from the rest: texels are those of the rest, in the brightness of the built-in sky.
func (v *Environment) light() (out surroundings, texels []float32, err error) {
	if v.Width < 4 || v.Height < 2 || len(v.Light) != 3*v.Width*v.Height {
		return out, nil, fmt.Errorf("%d by %d texels with %d numbers are no picture", v.Width, v.Height, len(v.Light))
	}
	middling := 0.0
	v.each(func(_ int, light, _ [3]float64, angle float64) {
		middling += math.Log(math.Max(luminance(light), 1e-6)) * angle / (4 * math.Pi)
	})
	most := brightest * math.Exp(middling)
	texels = make([]float32, len(v.Light))
	var aim [3]float64
	ring := 0.0
	v.each(func(i int, light, way [3]float64, angle float64) {
		part := 1.0
		if l := luminance(light); l > most {
			part = most / l
			for c := range 3 {
				out.sunlight[c] += light[c] * (1 - part) * angle / math.Pi
				aim[c] += (l - most) * way[c] * angle
			}
		}
		for c := range 3 {
			rest := light[c] * part
			texels[3*i+c] = float32(rest)
			out.above[c] += rest * math.Max(way[1], 0) * angle / math.Pi
			out.below[c] += rest * math.Max(-way[1], 0) * angle / math.Pi
			if way[1] > 0 && way[1] < horizonHeight {
				out.level[c] += rest * angle
			}
		}
		if way[1] > 0 && way[1] < horizonHeight {
			ring += angle
		}
	})
	bright := luminance(out.above)
	if !(bright > 1e-6) || math.IsInf(bright, 0) {
		return out, nil, errors.New("its upper half is black")
	}
	scale := usualSky / bright
	for i := range texels {
		texels[i] *= float32(scale)
	}
	strong := math.Max(math.Max(out.sunlight[0], out.sunlight[1]), out.sunlight[2]) * scale
	for c := range 3 {
		out.above[c] *= scale
		out.below[c] *= scale
		out.level[c] *= scale / math.Max(ring, 1e-9)
		out.sunlight[c] *= scale * math.Min(1, mostSun/math.Max(strong, 1e-9))
	}
	out.sun = sunDirection
	if long := math.Sqrt(inner(aim, aim)); long > 0 {
		out.sun = unit(aim)
		out.sun[1] = math.Max(out.sun[1], lowestSun)
		out.sun = unit(out.sun)
	}
	return out, texels, nil
}

// SetEnvironment shows a picture as what stands around the water: behind it, in its mirror and as its light; nil brings the
// built-in sky back.
func (r *Renderer) SetEnvironment(v *Environment) error {
	around := surroundings{}
	small, texels := &Environment{Width: 1, Height: 1}, []float32{0, 0, 0}
	if v != nil {
		small = v.shrunk()
		var err error
		if around, texels, err = small.light(); err != nil {
			return err
		}
	}
	data := make([]uint16, 4*small.Width*small.Height)
	for i := range small.Width * small.Height {
		for c := range 3 {
			data[4*i+c] = halfBits(texels[3*i+c])
		}
	}
	picture, err := newTexture(r.device, "environment", uint32(small.Width), uint32(small.Height), 1, lightFormat,
		wgpu.TextureUsageTextureBinding|wgpu.TextureUsageCopyDst)
	if err != nil {
		return err
	}
	err = r.device.Queue().WriteTexture(picture.raw.AsImageCopy(), gpu.Bytes(data),
		&wgpu.TextureDataLayout{BytesPerRow: uint32(8 * small.Width), RowsPerImage: uint32(small.Height)},
		&wgpu.Extent3D{Width: uint32(small.Width), Height: uint32(small.Height), DepthOrArrayLayers: 1})
	var group *wgpu.BindGroup
	if err == nil {
		group, err = newGroup(r.device, "shadow", r.shadowLayout, wgpu.BindGroupEntry{Binding: 0, TextureView: r.shadow.view},
			wgpu.BindGroupEntry{Binding: 1, TextureView: r.sun[0].view}, wgpu.BindGroupEntry{Binding: 2, Sampler: r.smooth},
			wgpu.BindGroupEntry{Binding: 3, TextureView: picture.view}, wgpu.BindGroupEntry{Binding: 4, Sampler: r.round})
	}
	if err != nil {
		picture.release()
		return err
	}
	r.dropEnvironment()
	around.picture = picture
	r.around, r.pictured, r.shadowGroup = around, v != nil, group
	return nil
}

func (r *Renderer) dropEnvironment() {
	if r.shadowGroup != nil {
		r.shadowGroup.Release()
	}
	r.around.picture.release()
	r.around, r.shadowGroup = surroundings{}, nil
}

// halfBits encodes a number from 0 to 65504 as IEEE 754's binary16, cutting off what does not fit.
func halfBits(v float32) uint16 {
	if !(v > 0) {
		return 0
	}
	bits := math.Float32bits(min(v, 65504))
	exponent := int(bits>>23) - 127 + 15
	if exponent <= 0 {
		return uint16(math.Round(float64(v) * (1 << 24)))
	}
	return uint16(exponent<<10) | uint16(bits>>13&1023)
}
