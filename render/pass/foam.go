package pass

import (
	"errors"
	"fmt"
	"math"
	"unsafe"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// FoamLook is how much foam there is.
type FoamLook struct {
	Speed    float64 // at which the fluid of the scene is fast [m/s]
	Amount   float64 // 1 is usual
	Lifetime float64 // of foam at the surface [s]
	Most     int     // foam particles at most
}

// Foam is spray, foam and bubbles: particles that go with the fluid, for pictures, and do not act on it. Each fluid particle
// has slots of its own for them, so that no order of execution can change which is where.
type Foam struct {
	rounds
	place, speed *gpu.Buffer
	count        uint32
	drawer       *Renderer // that the group is made for
	group        *wgpu.BindGroup
}

// foamNumbers mirrors FoamNumbers of shaders/render/foam_data.wgsl.
type foamNumbers struct {
	Speed    float32
	Amount   float32
	Lifetime float32
	Slots    uint32
}

// foamTime mirrors FoamTime there.
type foamTime struct {
	TimeS    uint32
	TimeFrac uint32
	Dt       float32
	Round    uint32
	Clear    uint32
	Pad0     uint32
	Pad1     uint32
	Pad2     uint32
}

// mostSlots is how many foam particles a fluid particle may have.
const mostSlots = 8

// foamPlan is one round, in order; work is in invocations for each fluid particle, or for each slot, or one.
var foamPlan = []struct {
	kernel string
	work   string
}{
	{"render/foam_clock", "one"},
	{"render/foam_normal", "particles"},
	{"render/foam_move", "slots"},
	{"render/foam_emit", "particles"},
}

// NewFoam makes room for foam; it has none before the first Step.
func NewFoam(d *gpu.Device, s Source, look FoamLook) (*Foam, error) {
	f := &Foam{rounds: rounds{device: d}}
	if err := f.build(s, look); err != nil {
		f.Release()
		return nil, fmt.Errorf("foam: %w", err)
	}
	return f, nil
}

func (f *Foam) build(s Source, look FoamLook) error {
	n := max(s.Count, 1)
	fit := int(min(uint64(look.Most), f.device.Limits().MaxBinding/16))
	slots := min(fit/n, mostSlots)
	if slots < 1 {
		return fmt.Errorf("%d particles of foam are too few: each of the %d of fluid wants one of its own", fit, n)
	}
	f.count = uint32(n * slots)
	const storage = gpu.UsageStorage | gpu.UsageCopyDst | gpu.UsageCopySrc
	f.place, f.speed = f.made("foam place", 16*uint64(f.count), storage), f.made("foam speed", 16*uint64(f.count), storage)
	normals, time := f.made("foam normals", 16*uint64(n), storage), f.made("foam time", uint64(unsafe.Sizeof(foamTime{})), storage)
	numbers := f.made("foam numbers", uint64(unsafe.Sizeof(foamNumbers{})), gpu.UsageUniform|gpu.UsageCopyDst)
	if f.place == nil || f.speed == nil || normals == nil || time == nil || numbers == nil {
		return fmt.Errorf("no memory for %d particles", f.count)
	}
	given := foamNumbers{float32(math.Max(look.Speed, 1e-6)), float32(look.Amount), float32(look.Lifetime), uint32(slots)}
	if err := f.device.Write(numbers, 0, gpu.BytesOf(&given)); err != nil {
		return err
	}
	buffers := s.buffers()
	for name, b := range map[string]*gpu.Buffer{"numbers": numbers, "foam_time": time, "normals": normals, "foam_place": f.place, "foam_speed": f.speed} {
		buffers[name] = b
	}
	work := map[string]uint64{"one": 1, "particles": uint64(n), "slots": uint64(f.count)}
	for _, each := range foamPlan {
		if err := f.add(each.kernel, s.Periodic, buffers, work[each.work]); err != nil {
			return err
		}
	}
	return nil
}

// Step moves foam on to the state that the simulation has reached, and starts what is new. Without simulated time since the
// last Step it does nothing.
func (f *Foam) Step(e *gpu.Encoder) {
	if f == nil {
		return
	}
	f.run(e, nil)
}

// Count is the number of foam particles that there is room for.
func (f *Foam) Count() int { return int(f.count) }

// Release frees the foam. Releasing twice does nothing.
func (f *Foam) Release() {
	if f == nil {
		return
	}
	f.rounds.release()
	if f.group != nil {
		f.group.Release()
	}
	f.drawer, f.group = nil, nil
}

// drawFoam draws foam over the light of the fluid.
func (r *Renderer) drawFoam(encoder *wgpu.CommandEncoder, w *waterTarget, slot int, f *Foam) error {
	if f.place == nil || f.place.Raw == nil {
		return errors.New("draw: the foam was released already")
	}
	if f.drawer != r {
		group, err := newGroup(r.device, "foam", r.water.foamLayout, bufferBinding(0, f.place), bufferBinding(1, f.speed))
		if err != nil {
			return err
		}
		if f.group != nil {
			f.group.Release()
		}
		f.drawer, f.group = r, group
	}
	draw := encoder.BeginRenderPass(&wgpu.RenderPassDescriptor{
		Label:            "render/foam",
		ColorAttachments: []wgpu.RenderPassColorAttachment{{View: w.light.view, LoadOp: wgpu.LoadOpLoad, StoreOp: wgpu.StoreOpStore}},
	})
	draw.SetPipeline(r.water.foam)
	draw.SetBindGroup(0, r.frameGroups[slot], nil)
	draw.SetBindGroup(1, f.group, nil)
	draw.SetBindGroup(2, w.foamGroup, nil)
	draw.Draw(3, f.count, 0, 0)
	return endPass(draw)
}
