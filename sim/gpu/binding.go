package gpu

import (
	"fmt"
	"sort"
	"strings"

	"github.com/cogentcore/webgpu/wgpu"
)

// Binding is a kernel's set of buffers, ready to be dispatched many times. Make it once, not each frame.
type Binding struct {
	kernel *Kernel
	groups []*wgpu.BindGroup // by group; the device's empty one where the kernel has none
	owned  []*wgpu.BindGroup
	pin    pin
}

// Bind connects buffers to the kernel's variables by their WGSL names. Every variable must be given, none may be
// unknown, each buffer must be large enough, and none may be written while it is bound twice.
func (k *Kernel) Bind(buffers map[string]*Buffer) (*Binding, error) {
	if err := k.device.check(); err != nil {
		return nil, err
	}
	if k.pipeline == nil {
		return nil, fmt.Errorf("kernel %s was released already", k.Name)
	}
	if err := k.checkNames(buffers); err != nil {
		return nil, err
	}
	entries := map[uint32][]wgpu.BindGroupEntry{}
	writer := map[*Buffer]string{}
	reader := map[*Buffer]string{}
	for _, v := range k.Reflection.Bindings {
		b := buffers[v.Name]
		if err := k.checkBuffer(v.Name, v.Space, v.MinSize, b); err != nil {
			return nil, err
		}
		other, taken := writer[b]
		if !taken && v.Space == "storage_read_write" {
			other, taken = reader[b]
		}
		if taken {
			return nil, fmt.Errorf("kernel %s: buffer %q is bound as %s and as %s, and one of them writes", k.Name, b.Label,
				other, v.Name)
		}
		if v.Space == "storage_read_write" {
			writer[b] = v.Name
		} else {
			reader[b] = v.Name
		}
		entries[v.Group] = append(entries[v.Group], wgpu.BindGroupEntry{Binding: v.Index, Buffer: b.Raw, Size: b.Size})
	}
	bound := &Binding{kernel: k, groups: make([]*wgpu.BindGroup, len(k.layouts))}
	for group, layout := range k.layouts {
		if layout == nil {
			bound.groups[group] = k.device.emptyGroup
			continue
		}
		g, err := k.device.NewGroup(fmt.Sprintf("%s group %d", k.Name, group), layout, entries[uint32(group)])
		if err != nil {
			bound.Release()
			return nil, fmt.Errorf("kernel %s, group %d: %w", k.Name, group, err)
		}
		bound.groups[group] = g
		bound.owned = append(bound.owned, g)
	}
	return bound, nil
}

// checkNames compares what is given with what is wanted.
func (k *Kernel) checkNames(buffers map[string]*Buffer) error {
	wanted := map[string]bool{}
	var missing, unknown []string
	for _, v := range k.Reflection.Bindings {
		wanted[v.Name] = true
		if buffers[v.Name] == nil {
			missing = append(missing, v.Name)
		}
	}
	for name := range buffers {
		if !wanted[name] {
			unknown = append(unknown, name)
		}
	}
	sort.Strings(unknown)
	switch {
	case len(missing) > 0:
		return fmt.Errorf("kernel %s: no buffer for %s", k.Name, strings.Join(missing, ", "))
	case len(unknown) > 0:
		return fmt.Errorf("kernel %s has no variable %s", k.Name, strings.Join(unknown, ", "))
	}
	return nil
}

func (k *Kernel) checkBuffer(name, space string, least uint64, b *Buffer) error {
	usage, kind, limit := wgpu.BufferUsageStorage, "storage", k.device.limits.MaxBinding
	if space == "uniform" {
		usage, kind, limit = wgpu.BufferUsageUniform, "uniform", k.device.limits.MaxUniform
	}
	switch {
	case b.device != k.device:
		return fmt.Errorf("kernel %s, %s: buffer %q belongs to another device", k.Name, name, b.Label)
	case b.Raw == nil:
		return fmt.Errorf("kernel %s, %s: buffer %q was released already", k.Name, name, b.Label)
	case b.usage&usage == 0:
		return fmt.Errorf("kernel %s, %s: buffer %q was not made for %s use", k.Name, name, b.Label, kind)
	case b.Size < least:
		return fmt.Errorf("kernel %s, %s: buffer %q has %d bytes, at least %d are needed", k.Name, name, b.Label, b.Size, least)
	case b.Size > limit:
		return &MemoryError{b.Label, b.Size, limit}
	}
	return nil
}

// Release frees the binding; the buffers stay.
func (b *Binding) Release() {
	if b == nil {
		return
	}
	for _, g := range b.owned {
		b.pin.release(g.Release)
	}
	b.owned, b.groups = nil, nil
}
