package pass

import (
	"bytes"
	"math"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// sheet is a picture of surface values: the inverse distance and the company of each texel.
type sheet struct {
	width, height int
	at            [][2]float32
}

func newSheet(width, height int) *sheet {
	return &sheet{width, height, make([][2]float32, width*height)}
}

func (s *sheet) get(x, y int) [2]float32 {
	return s.at[min(max(y, 0), s.height-1)*s.width+min(max(x, 0), s.width-1)]
}

// filterNumbers are what the filter takes from a frame and its direction.
type filterNumbers struct {
	spacing, reach, narrow float32 // Water
	most, scale, pixels    float32 // Layer[1], Layer[0], Screen[2]
	along                  [4]float32
}

// narrowRange is the plain twin of shaders/render/water_filter.wgsl. Which texels it takes depends on single precision, so
// that is what it counts steps with.
func narrowRange(s *sheet, n filterNumbers) *sheet {
	const taps = 8
	out := newSheet(s.width, s.height)
	for y := range s.height {
		for x := range s.width {
			here := s.get(x, y)
			own := float64(here[0])
			if own == 0 {
				continue
			}
			if here[1] < 0 { // on a wall
				out.at[y*s.width+x] = here
				continue
			}
			texels := here[1] * n.reach * n.along[2] * n.pixels * n.scale * float32(math.Abs(own))
			stride := min(texels, n.most) / taps
			narrow := float64(n.narrow) * own * own
			near, far := [2]float64{narrow, narrow}, [2]float64{narrow, narrow}
			company, weights, first, second, sum, slope := float64(here[1]), 1.0, 0.0, 0.0, 0.0, 0.0
			for k := 1; k <= taps; k++ {
				dx := int(math.RoundToEven(float64(n.along[0] * (stride * float32(k)))))
				dy := int(math.RoundToEven(float64(n.along[1] * (stride * float32(k)))))
				part := float64(k) / taps
				weight := math.Exp(-2 * part * part)
				for side, v := range [2][2]float32{s.get(x+dx, y+dy), s.get(x-dx, y-dy)} {
					more := float64(v[0]) - own
					if v[0] == 0 || v[1] < 0 || more > near[side] || -more > far[side] {
						continue
					}
					at := part * float64(1-2*side)
					weights += weight
					first += weight * at
					second += weight * at * at
					sum += weight * more
					slope += weight * at * more
					company += weight * float64(v[1])
					near[side] = max(near[side], more+narrow)
					far[side] = max(far[side], narrow-more)
				}
			}
			fitted := 0.0
			if spread := weights*second - first*first; spread > 1e-6 {
				fitted = (second*sum - first*slope) / spread
			}
			out.at[y*s.width+x] = [2]float32{float32(own + fitted), float32(company / weights)}
		}
	}
	return out
}

// filter runs the shader over a sheet.
func filter(t *testing.T, s *studio, in *sheet, n filterNumbers) *sheet {
	t.Helper()
	r := s.renderer
	f := &frame{}
	f.Water = [4]float32{n.spacing, n.reach, n.narrow, 0.01}
	f.Layer = [4]float32{n.scale, n.most, 0, 0}
	f.Screen[2] = n.pixels
	if err := s.device.Write(r.frames[0], 0, gpu.BytesOf(f)); err != nil {
		t.Fatal(err)
	}
	var textures [2]*texture
	for i := range textures {
		var err error
		textures[i], err = newTexture(s.device, "sheet", uint32(in.width), uint32(in.height), 1, surfaceFormat,
			wgpu.TextureUsageRenderAttachment|wgpu.TextureUsageTextureBinding|wgpu.TextureUsageCopyDst|wgpu.TextureUsageCopySrc)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(textures[i].release)
	}
	const row = 256 * 4 // bytes: at most 128 texels
	buffer := func(label string, usage wgpu.BufferUsage) *gpu.Buffer {
		b, err := s.device.NewBuffer(label, uint64(row*in.height), usage)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(b.Release)
		return b
	}
	up, down := buffer("up", wgpu.BufferUsageCopySrc), buffer("down", wgpu.BufferUsageCopyDst)
	along, err := s.device.NewBuffer("along", 16, wgpu.BufferUsageUniform)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(along.Release)
	data := make([]byte, row*in.height)
	for y := range in.height {
		copy(data[y*row:], gpu.Bytes(in.at[y*in.width:(y+1)*in.width]))
	}
	if err := s.device.Write(up, 0, data); err != nil {
		t.Fatal(err)
	}
	if err := s.device.Write(along, 0, gpu.Bytes(n.along[:])); err != nil {
		t.Fatal(err)
	}
	group, err := newGroup(s.device, "sheet", r.water.filterLayout, wgpu.BindGroupEntry{Binding: 0, TextureView: textures[0].view}, bufferBinding(1, along))
	if err != nil {
		t.Fatal(err)
	}
	defer group.Release()
	e, err := s.device.NewEncoder("filter")
	if err != nil {
		t.Fatal(err)
	}
	raw := e.Raw()
	size := &wgpu.Extent3D{Width: uint32(in.width), Height: uint32(in.height), DepthOrArrayLayers: 1}
	lines := wgpu.TextureDataLayout{BytesPerRow: row, RowsPerImage: uint32(in.height)}
	e.Fail(raw.CopyBufferToTexture(&wgpu.ImageCopyBuffer{Buffer: up.Raw, Layout: lines}, &wgpu.ImageCopyTexture{Texture: textures[0].raw, Aspect: wgpu.TextureAspectAll}, size))
	d := &drawing{encoder: raw, frame: r.frameGroups[0]}
	d.whole("render/water_filter", textures[1].view, r.water.filter, group)
	e.Fail(d.err)
	e.Fail(raw.CopyTextureToBuffer(&wgpu.ImageCopyTexture{Texture: textures[1].raw, Aspect: wgpu.TextureAspectAll}, &wgpu.ImageCopyBuffer{Buffer: down.Raw, Layout: lines}, size))
	if err := e.Submit(); err != nil {
		t.Fatal(err)
	}
	back, err := s.device.Read(down, 0, uint64(row*in.height))
	if err != nil {
		t.Fatal(err)
	}
	out := newSheet(in.width, in.height)
	for y := range in.height {
		for x := range in.width {
			for c := range 2 {
				at := y*row + (2*x+c)*4
				bits := uint32(back[at]) | uint32(back[at+1])<<8 | uint32(back[at+2])<<16 | uint32(back[at+3])<<24
				out.at[y*in.width+x][c] = math.Float32frombits(bits)
			}
		}
	}
	return out
}

// bumpy is a slope of balls with a step in it, a hole, a part far behind and a lone ball before it.
func bumpy() *sheet {
	s := newSheet(96, 64)
	for y := range s.height {
		for x := range s.width {
			z := 2 + 0.004*float64(x) + 0.01*math.Sin(float64(x)*0.9)*math.Sin(float64(y)*0.8)
			company := 1.0
			switch {
			case x > 60 && y > 30:
				z += 0.6
			case x > 40 && x < 52 && y < 20:
				z = 0
			case x > 70 && y < 24:
				company = -1
			case (x-20)*(x-20)+(y-40)*(y-40) < 25:
				z, company = 1.2, 0.1
			}
			if z != 0 {
				s.at[y*s.width+x] = [2]float32{float32(1 / z), float32(company)}
			}
		}
	}
	return s
}

func TestFilterAgreesWithItsOracle(t *testing.T) {
	s := newStudio(t, 1)
	in := bumpy()
	for name, n := range map[string]filterNumbers{
		"across":            {spacing: 0.02, reach: 0.06, narrow: 0.06, most: 40, scale: 1, pixels: 400, along: [4]float32{1, 0, 1, 0}},
		"down, half reach":  {spacing: 0.02, reach: 0.06, narrow: 0.06, most: 40, scale: 1, pixels: 400, along: [4]float32{0, 1, 0.5, 0}},
		"close, taps apart": {spacing: 0.02, reach: 0.06, narrow: 0.06, most: 24, scale: 0.5, pixels: 9000, along: [4]float32{1, 0, 1, 0}},
	} {
		got, want := filter(t, s, in, n), narrowRange(in, n)
		for i := range got.at {
			for c := range 2 {
				// 21 terms, each rounded a few times
				if g, w := float64(got.at[i][c]), float64(want.at[i][c]); !(math.Abs(g-w) <= 64*0x1p-24*math.Max(math.Abs(w), 1e-3)) {
					t.Fatalf("%s: texel %d, %d, value %d is %g, want %g", name, i%in.width, i/in.width, c, g, w)
				}
			}
		}
	}
}

// What the filter is for: bumps go, planes stay, edges stay, and where nothing is there nothing comes.
func TestFilterSmoothsAndKeepsEdges(t *testing.T) {
	n := filterNumbers{spacing: 0.02, reach: 0.06, narrow: 0.06, most: 40, scale: 1, pixels: 400, along: [4]float32{1, 0, 1, 0}}
	plane := newSheet(80, 8)
	for i := range plane.at {
		plane.at[i] = [2]float32{float32(0.5 + 0.001*float64(i%80)), 1}
	}
	flat := narrowRange(plane, n)
	for x := 20; x < 60; x++ {
		if d := math.Abs(float64(flat.get(x, 4)[0] - plane.get(x, 4)[0])); d > 1e-6 {
			t.Fatalf("a plane is bent by %g at %d", d, x)
		}
	}
	in := bumpy()
	out := narrowRange(in, n)
	rough := func(s *sheet) (sum float64) {
		for y := 24; y < 28; y++ {
			for x := 34; x < 56; x++ {
				sum += math.Abs(float64(s.get(x-1, y)[0] + s.get(x+1, y)[0] - 2*s.get(x, y)[0]))
			}
		}
		return sum
	}
	if before, after := rough(in), rough(out); after > 0.2*before {
		t.Errorf("bumps of %g are still %g", before, after)
	}
	if out.get(45, 10)[0] != 0 {
		t.Error("a hole is filled")
	}
	if step := out.get(58, 50)[0] - out.get(63, 50)[0]; step < 0.8*(in.get(58, 50)[0]-in.get(63, 50)[0]) {
		t.Errorf("the step is washed out: %g", step)
	}
	if d := math.Abs(float64(out.get(20, 40)[0]) - 1/1.2); d > 1e-3 {
		t.Errorf("the lone ball has moved by %g", d)
	}
}

func TestGoldenWater(t *testing.T) {
	for _, samples := range []uint32{1, 4} {
		s := newStudio(t, samples)
		s.scene(basin())
		w := makeWater(0.05)
		p := w.upload(t, s.device, len(w.position))
		p.Spacing = 0.05
		camera := basinCamera(s.target.Aspect())
		honey := WaterLook{Tint: Colour{0.9, 0.6, 0.1}, Clarity: 0.1, Cloudiness: 0.4}
		for _, each := range []struct {
			name   string
			camera view.Camera
			look   Look
		}{
			{"water", camera, Look{Quality: Medium}},
			{"water-low", camera, Look{Quality: Low}},
			{"water-high", camera, Look{Quality: High}},
			{"water-studio", camera, Look{Quality: Medium, Water: WaterLook{Studio: true}}},
			{"water-honey", camera, Look{Quality: Medium, Water: honey}},
			{"water-close", view.New(view.Vector{10.9, 0.45, 20.9}, view.Vector{10.4, 0.15, 20}), Look{Quality: Medium}},
			{"water-inside", view.New(view.Vector{9.3, 0.2, 20}, view.Vector{10.4, 0.4, 20}), Look{Quality: Medium}},
			{"water-from-below", view.New(view.Vector{11, -2, 22}, view.Vector{10, 0.5, 20}), Look{Quality: Medium}},
		} {
			if samples == 4 && each.name != "water" {
				continue
			}
			name := each.name
			if samples == 4 {
				name += "-4-samples"
			}
			t.Run(name, func(t *testing.T) {
				each.look.Style = Water
				first := s.draw(each.camera, p, each.look)
				if again := s.draw(each.camera, p, each.look); !bytes.Equal(first.Pix, again.Pix) {
					t.Fatal("the same picture, drawn again, has other pixels")
				}
				golden(t, name, first)
			})
		}
	}
}

// Tiny, odd and empty pictures are drawn like any other, and styles may take turns.
func TestWaterAnywhere(t *testing.T) {
	s := newStudio(t, 1)
	w := makeWater(0.1)
	p := w.upload(t, s.device, len(w.position))
	look := Look{Style: Water}
	s.draw(view.New(view.Vector{10, 0.5, 23}, view.Vector{10, 0.5, 20}), p, look) // no scene
	s.scene(basin())
	for _, size := range [][2]int{{1, 1}, {333, 7}, {7, 333}, {64, 64}} {
		if err := s.target.Resize(size[0], size[1]); err != nil {
			t.Fatal(err)
		}
		for _, look.Quality = range []Quality{Low, Medium, High, Low} {
			s.draw(basinCamera(s.target.Aspect()), p, look)
		}
		s.draw(basinCamera(s.target.Aspect()), Particles{}, look)
		s.draw(basinCamera(s.target.Aspect()), p, Look{High: 3})
	}
}

// Water lets light through: it is seen, and the floor is seen through it.
func TestWaterIsThereAndClear(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(basin())
	w := makeWater(0.05)
	p := w.upload(t, s.device, len(w.position))
	p.Spacing = 0.05
	camera := basinCamera(s.target.Aspect())
	look := Look{Style: Water, Quality: Medium}
	dry := s.draw(camera, Particles{}, look)
	clear := s.draw(camera, p, look)
	look.Water = WaterLook{Tint: Colour{0.02, 0.02, 0.02}, Clarity: 0.01}
	black := s.draw(camera, p, look)
	wet, _ := difference(dry, clear)
	dark, _ := difference(clear, black)
	if wet < 2 {
		t.Errorf("water changes the picture by %.2f of 255 only", wet)
	}
	if dark < 4 {
		t.Errorf("black fluid differs from clear one by %.2f of 255 only", dark)
	}
}

// TestWaterMirrorsObstacles wants a red box over a still pool to be seen in it, but in low quality.
func TestWaterMirrorsObstacles(t *testing.T) {
	s := newStudio(t, 1)
	k := newTank(t, s, still)
	k.jitter(1<<6 - 1)
	h := k.ellipsoids()
	p := k.particles()
	p.Shapes = h
	s.scene(Scene{Domain: view.Box{Max: view.Vector{1, 1, 1}}, Solids: []Solid{
		{Kind: Box, Position: [3]float64{0.5, 0.75, 0.1}, Size: [3]float64{0.6, 0.4, 0.1}, Colour: Colour{1, 0.05, 0.02}}}})
	camera := view.New(view.Vector{0.5, 0.72, 2.4}, view.Vector{0.5, 0.5, 0.4})
	red := func(q Quality) (n int) {
		img := s.draw(camera, p, Look{Style: Water, Quality: q, NoShadows: true})
		for i := 0; i < len(img.Pix); i += 4 {
			if int(img.Pix[i]) > int(img.Pix[i+2])+12 {
				n++
			}
		}
		return n
	}
	if with, without := red(Medium), red(Low); with < without+without/6 {
		t.Errorf("%d red pixels with a mirror, %d without", with, without)
	}
}
