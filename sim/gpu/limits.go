package gpu

import (
	"fmt"

	"github.com/cogentcore/webgpu/wgpu"
)

// Limits of a device.
type Limits struct {
	MaxBuffer           uint64 // bytes in a buffer
	MaxBinding          uint64 // bytes of a storage buffer that a kernel can see
	MaxUniform          uint64 // bytes of a uniform buffer that a kernel can see
	MaxStorageBuffers   uint32 // a kernel
	MaxTexture          uint32 // side of a 2-D texture
	MaxGroups           uint32 // workgroups in one dimension of a dispatch
	MaxInvocations      uint32 // in a workgroup
	MaxWorkgroupStorage uint32 // bytes
	MaxBindGroups       uint32
}

func limitsOf(l wgpu.Limits) Limits {
	return Limits{
		MaxBuffer:           l.MaxBufferSize,
		MaxBinding:          min(l.MaxStorageBufferBindingSize, l.MaxBufferSize),
		MaxUniform:          l.MaxUniformBufferBindingSize,
		MaxStorageBuffers:   l.MaxStorageBuffersPerShaderStage,
		MaxTexture:          l.MaxTextureDimension2D,
		MaxGroups:           l.MaxComputeWorkgroupsPerDimension,
		MaxInvocations:      l.MaxComputeInvocationsPerWorkgroup,
		MaxWorkgroupStorage: l.MaxComputeWorkgroupStorageSize,
		MaxBindGroups:       l.MaxBindGroups,
	}
}

// wantedLimits starts from the defaults that every adapter has and raises the fields that we use to what this one
// offers. The adapter's answer is not taken as a whole: some of its fields are never written by the binding.
func wantedLimits(offered wgpu.Limits) wgpu.Limits {
	w := wgpu.DefaultLimits()
	raise32 := func(to *uint32, offer, standard uint32) {
		if offer > standard && offer != wgpu.LimitU32Undefined {
			*to = offer
		}
	}
	raise64 := func(to *uint64, offer, standard uint64) {
		if offer > standard && offer != wgpu.LimitU64Undefined {
			*to = offer
		}
	}
	raise64(&w.MaxBufferSize, offered.MaxBufferSize, 256<<20)
	raise64(&w.MaxStorageBufferBindingSize, offered.MaxStorageBufferBindingSize, 128<<20)
	raise32(&w.MaxStorageBuffersPerShaderStage, offered.MaxStorageBuffersPerShaderStage, 8)
	raise32(&w.MaxTextureDimension2D, offered.MaxTextureDimension2D, 8192)
	raise32(&w.MaxComputeWorkgroupStorageSize, offered.MaxComputeWorkgroupStorageSize, 16384)
	raise32(&w.MaxComputeInvocationsPerWorkgroup, offered.MaxComputeInvocationsPerWorkgroup, 256)
	raise32(&w.MaxComputeWorkgroupSizeX, offered.MaxComputeWorkgroupSizeX, 256)
	raise32(&w.MaxComputeWorkgroupSizeY, offered.MaxComputeWorkgroupSizeY, 256)
	return w
}

// Size prints bytes for people.
type Size uint64

func (s Size) String() string {
	units := []struct {
		name string
		of   uint64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}}
	for _, u := range units {
		if v := float64(s) / float64(u.of); v >= 1 {
			if v >= 100 {
				return fmt.Sprintf("%.0f %s", v, u.name)
			}
			return fmt.Sprintf("%.3g %s", v, u.name)
		}
	}
	return fmt.Sprintf("%d bytes", uint64(s))
}
