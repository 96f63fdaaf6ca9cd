package gpu

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/shaders"
)

// Kernel is a compiled compute shader with its explicit layout.
type Kernel struct {
	Name       string
	Workgroup  uint32 // invocations in a workgroup
	Reflection *shaders.Reflection
	device     *Device
	pipeline   *wgpu.ComputePipeline
	layouts    []*wgpu.BindGroupLayout // by group, nil where the kernel has no binding
	pin        pin
}

// NewKernel compiles the embedded shader of that name. A compile error names the original file and line.
func (d *Device) NewKernel(name string) (*Kernel, error) {
	m, err := shaders.Compose(name)
	if err != nil {
		return nil, err
	}
	return d.NewKernelFrom(m)
}

// NewKernelFrom compiles any module; its entry point is the last part of its name.
func (d *Device) NewKernelFrom(m *shaders.Module) (*Kernel, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	r, err := m.Reflect()
	if err != nil {
		return nil, err
	}
	entry, ok := r.Entry(m.Entry())
	if !ok || entry.Stage != "compute" || m.Entry() == "" {
		return nil, fmt.Errorf("shader %s has no compute entry point %q", m.Name, m.Entry())
	}
	k := &Kernel{
		Name: m.Name, Workgroup: entry.Workgroup[0] * entry.Workgroup[1] * entry.Workgroup[2], Reflection: r, device: d,
	}
	if err := k.build(m, entry); err != nil {
		k.Release()
		return nil, err
	}
	return k, nil
}

func (k *Kernel) build(m *shaders.Module, entry shaders.Entry) error {
	d := k.device
	if k.Workgroup > d.limits.MaxInvocations {
		return fmt.Errorf("kernel %s has %d invocations in a workgroup, the device allows %d", k.Name, k.Workgroup,
			d.limits.MaxInvocations)
	}
	if err := k.layout(); err != nil {
		return err
	}
	module, err := d.NewShader(m)
	if err != nil {
		return err
	}
	defer module.Release()

	groups := make([]*wgpu.BindGroupLayout, len(k.layouts))
	for i, l := range k.layouts {
		if groups[i] = l; l == nil {
			groups[i] = d.emptyLayout
		}
	}
	layout, err := d.device.CreatePipelineLayout(&wgpu.PipelineLayoutDescriptor{Label: k.Name, BindGroupLayouts: groups})
	if err != nil {
		return fmt.Errorf("kernel %s: layout: %w", k.Name, explain(m, err))
	}
	defer layout.Release()
	k.pipeline, err = newComputePipeline(d.device, k.Name, layout, module, entry.Name)
	if err != nil {
		return fmt.Errorf("kernel %s: %w", k.Name, explain(m, err))
	}
	return nil
}

// layout makes the bind-group layouts from what the text declares.
func (k *Kernel) layout() error {
	d := k.device
	entries := map[uint32][]wgpu.BindGroupLayoutEntry{}
	storage, last := uint32(0), -1
	for _, b := range k.Reflection.Bindings {
		e := wgpu.BindGroupLayoutEntry{Binding: b.Index, Visibility: wgpu.ShaderStageCompute}
		e.Buffer.MinBindingSize = b.MinSize
		switch b.Space {
		case "uniform":
			e.Buffer.Type = wgpu.BufferBindingTypeUniform
		case "storage_read":
			e.Buffer.Type = wgpu.BufferBindingTypeReadOnlyStorage
			storage++
		case "storage_read_write":
			e.Buffer.Type = wgpu.BufferBindingTypeStorage
			storage++
		default:
			return fmt.Errorf("kernel %s: binding %s is a %s; only buffers are known here", k.Name, b.Name, b.Space)
		}
		if b.Group >= d.limits.MaxBindGroups {
			return fmt.Errorf("kernel %s: binding %s is in group %d, the device has %d groups", k.Name, b.Name, b.Group,
				d.limits.MaxBindGroups)
		}
		entries[b.Group] = append(entries[b.Group], e)
		last = max(last, int(b.Group))
	}
	if storage > d.limits.MaxStorageBuffers {
		return fmt.Errorf("kernel %s binds %d storage buffers, the device allows %d", k.Name, storage, d.limits.MaxStorageBuffers)
	}
	k.layouts = make([]*wgpu.BindGroupLayout, last+1)
	for group, list := range entries {
		l, err := d.device.CreateBindGroupLayout(&wgpu.BindGroupLayoutDescriptor{
			Label: fmt.Sprintf("%s group %d", k.Name, group), Entries: list,
		})
		if err != nil {
			return fmt.Errorf("kernel %s, group %d: %w", k.Name, group, err)
		}
		k.layouts[group] = l
	}
	return nil
}

// NewShader compiles a module for drawing as well as for computing. A compile error names the original file and line.
func (d *Device) NewShader(m *shaders.Module) (*wgpu.ShaderModule, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	if strings.TrimSpace(m.Source) == "" {
		return nil, fmt.Errorf("shader %s is empty", m.Name)
	}
	module, err := d.device.CreateShaderModule(&wgpu.ShaderModuleDescriptor{
		Label: m.Name, WGSLDescriptor: &wgpu.ShaderModuleWGSLDescriptor{Code: m.Source},
	})
	if err != nil {
		return nil, fmt.Errorf("shader %s does not compile:\n%w", m.Name, explain(m, err))
	}
	return module, nil
}

var (
	position = regexp.MustCompile(`wgsl:(\d+):(\d+)`)
	gutter   = regexp.MustCompile(`(?m)^ *\d+ │`)
)

// explain puts files and their lines in the place of the composed text's, which is all that the compiler knows, and
// drops what the library says about itself.
func explain(m *shaders.Module, err error) error {
	text := err.Error()
	if at := strings.Index(text, "\nShader "); at >= 0 {
		text = text[at+1:]
	}
	// Some errors quote the text under another name than wgsl: the module's label.
	text = strings.ReplaceAll(text, "┌─ "+m.Name+":", "┌─ wgsl:")
	text = position.ReplaceAllStringFunc(text, func(at string) string {
		parts := position.FindStringSubmatch(at)
		line, _ := strconv.Atoi(parts[1])
		file, orig := m.Origin(line)
		return fmt.Sprintf("%s:%d:%s", file, orig, parts[2])
	})
	text = gutter.ReplaceAllStringFunc(text, func(at string) string {
		number := strings.TrimSuffix(at, " │")
		line, _ := strconv.Atoi(strings.TrimSpace(number))
		_, orig := m.Origin(line)
		return fmt.Sprintf("%*d │", len(number), orig)
	})
	return fmt.Errorf("%s", strings.TrimSpace(text))
}

// Release frees the kernel; its Bindings are separate.
func (k *Kernel) Release() {
	for i, l := range k.layouts {
		if l != nil {
			l.Release()
			k.layouts[i] = nil
		}
	}
	if k.pipeline != nil {
		k.pin.release(k.pipeline.Release)
		k.pipeline = nil
	}
}
