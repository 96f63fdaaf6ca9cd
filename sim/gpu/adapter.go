package gpu

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"

	"github.com/cogentcore/webgpu/wgpu"
)

// AdapterInfo describes a graphics adapter. Index is its place in the list of Adapters.
type AdapterInfo struct {
	Index    int
	Name     string
	Driver   string // empty when the driver does not say
	Backend  string // "vulkan", "metal", "d3d12", "webgpu"
	Kind     string // "discrete", "integrated", "virtual", "cpu"
	Vendor   uint32
	DeviceID uint32
	Software bool // drawn and computed by the CPU
}

// String gives one line for lists: index, name, kind and back end.
func (a AdapterInfo) String() string {
	s := fmt.Sprintf("%d: %s (%s, %s", a.Index, a.Name, a.Kind, a.Backend)
	if a.Driver != "" {
		s += ", " + a.Driver
	}
	return s + ")"
}

// NoAdapterError says that no graphics adapter can be used, and what to do about it.
type NoAdapterError struct {
	Wanted    string        // the adapter that was asked for by name or index, if one was
	Available []AdapterInfo // what there is
	Reason    string        // empty: there is simply none
}

func (e *NoAdapterError) Error() string {
	if e.Wanted != "" && len(e.Available) > 0 {
		var b strings.Builder
		fmt.Fprintf(&b, "no graphics adapter matches %q", e.Wanted)
		if near := nearest(e.Wanted, e.Available); near != "" {
			fmt.Fprintf(&b, "; did you mean %q?", near)
		}
		b.WriteString("\navailable:")
		for _, a := range e.Available {
			fmt.Fprintf(&b, "\n  %s", a)
		}
		return b.String()
	}
	reason := e.Reason
	if reason == "" {
		reason = "no usable graphics adapter was found"
	}
	return reason + "\n" + driverHint(runtime.GOOS)
}

// driverHint says what to install on a system without a driver.
func driverHint(system string) string {
	switch system {
	case "linux":
		return "install a Vulkan driver; without a graphics card the software one will do: on Debian or Ubuntu\n" +
			"  apt install libvulkan1 mesa-vulkan-drivers\n" +
			"(Fedora: vulkan-loader mesa-vulkan-drivers; Arch: vulkan-icd-loader vulkan-swrast)"
	case "windows":
		return "install the current graphics driver of your card's maker; it must offer Direct3D 12 or Vulkan"
	case "darwin":
		return "a Mac with Metal is needed (any since 2012, with macOS 10.13 or later)"
	case "js":
		return "this browser offers no WebGPU; a current Chrome, Edge, Firefox or Safari does"
	}
	return "install a Vulkan driver and its loader (often packaged as vulkan-loader and mesa-vulkan-drivers)"
}

// nearest proposes the adapter whose name shares the most words or beginnings of words with what was asked for.
func nearest(wanted string, list []AdapterInfo) string {
	best, score := "", 0
	for _, a := range list {
		name := strings.ToLower(a.Name + " " + a.Driver)
		s := 0
		for _, word := range strings.Fields(strings.ToLower(wanted)) {
			for n := len(word); n >= 3; n-- {
				if strings.Contains(name, word[:n]) {
					s += n
					break
				}
			}
		}
		if s > score {
			best, score = a.Name, s
		}
	}
	return best
}

// Adapters lists the adapters that can be used, in the order of their indices.
func Adapters() ([]AdapterInfo, error) {
	instance, err := newInstance()
	if err != nil {
		return nil, err
	}
	defer instance.Release()
	raw, list := enumerate(instance)
	for _, a := range raw {
		a.Release()
	}
	if len(list) == 0 {
		return nil, &NoAdapterError{}
	}
	return list, nil
}

// newInstance starts the library. A descriptor would make the binding read memory that it never wrote.
func newInstance() (instance *wgpu.Instance, err error) {
	defer func() {
		if recover() != nil {
			instance, err = nil, &NoAdapterError{Reason: "the graphics library could not be started"}
		}
	}()
	quiet()
	if instance = wgpu.CreateInstance(nil); instance == nil {
		return nil, &NoAdapterError{}
	}
	return instance, nil
}

// enumerate asks for the back ends that can do what we need: OpenGL has no timestamps and no reliable compute.
func enumerate(instance *wgpu.Instance) ([]*wgpu.Adapter, []AdapterInfo) {
	found := instance.EnumerateAdapters(&wgpu.InstanceEnumerateAdapterOptons{
		Backends: wgpu.InstanceBackendVulkan | wgpu.InstanceBackendMetal | wgpu.InstanceBackendDX12,
	})
	var raw []*wgpu.Adapter
	var list []AdapterInfo
	for _, a := range found {
		if a == nil {
			continue
		}
		info := describe(a.GetInfo())
		if info.Backend == "opengl" {
			a.Release()
			continue
		}
		info.Index = len(list)
		raw, list = append(raw, a), append(list, info)
	}
	return raw, list
}

func describe(i wgpu.AdapterInfo) AdapterInfo {
	a := AdapterInfo{Name: i.Name, Driver: i.DriverDescription, Vendor: i.VendorId, DeviceID: i.DeviceId}
	// Some drivers give a number for a name and put the name into the description.
	if a.Name == "" || strings.HasPrefix(a.Name, "0x") {
		a.Name, a.Driver = i.DriverDescription, ""
	}
	if a.Name == "" {
		a.Name = "unnamed adapter"
	}
	if a.Driver == a.Name {
		a.Driver = ""
	}
	switch i.AdapterType {
	case wgpu.AdapterTypeDiscreteGPU:
		a.Kind = "discrete"
	case wgpu.AdapterTypeIntegratedGPU:
		a.Kind = "integrated"
	case wgpu.AdapterTypeCPU:
		a.Kind, a.Software = "cpu", true
	default:
		a.Kind = "virtual"
	}
	switch i.BackendType {
	case wgpu.BackendTypeVulkan:
		a.Backend = "vulkan"
	case wgpu.BackendTypeMetal:
		a.Backend = "metal"
	case wgpu.BackendTypeD3D12:
		a.Backend = "d3d12"
	case wgpu.BackendTypeOpenGL, wgpu.BackendTypeOpenGLES:
		a.Backend = "opengl"
	default:
		a.Backend = "webgpu"
	}
	return a
}

// choose picks by index, by part of the name (case aside), or the strongest kind; usable rules some out.
func choose(list []AdapterInfo, wanted string, usable func(int) bool) (int, error) {
	rank := map[string]int{"discrete": 4, "integrated": 3, "virtual": 2, "cpu": 1}
	best := -1
	named := false
	number, err := strconv.Atoi(strings.TrimSpace(wanted))
	byIndex := err == nil && number < 100 // "3060" is rather a part of a name
	for i, a := range list {
		switch {
		case wanted == "":
		case byIndex:
			if i != number {
				continue
			}
		case !strings.Contains(strings.ToLower(a.Name+" "+a.Driver+" "+a.Backend), strings.ToLower(strings.TrimSpace(wanted))):
			continue
		}
		named = true
		if usable(i) && (best < 0 || rank[a.Kind] > rank[list[best].Kind]) {
			best = i
		}
	}
	switch {
	case best >= 0:
		return best, nil
	case len(list) == 0:
		return -1, &NoAdapterError{Wanted: wanted}
	case !named:
		return -1, &NoAdapterError{Wanted: wanted, Available: list}
	}
	return -1, &NoAdapterError{Available: list, Reason: "no graphics adapter can draw into this window"}
}
