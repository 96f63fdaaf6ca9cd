//go:build !js

package gpu

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
)

var sample = []AdapterInfo{
	{Index: 0, Name: "llvmpipe (LLVM 15.0.6, 256 bits)", Kind: "cpu", Backend: "vulkan", Software: true},
	{Index: 1, Name: "Intel(R) UHD Graphics 630", Kind: "integrated", Backend: "vulkan"},
	{Index: 2, Name: "NVIDIA GeForce RTX 3060", Kind: "discrete", Backend: "vulkan", Driver: "535.1"},
}

func all(int) bool { return true }

func TestChoose(t *testing.T) {
	for wanted, want := range map[string]int{
		"": 2, "0": 0, "1": 1, "2": 2, " 1 ": 1, "llvm": 0, "INTEL": 1, "rtx": 2, "535": 2, "3060": 2, "vulkan": 2,
	} {
		if got, err := choose(sample, wanted, all); err != nil || got != want {
			t.Errorf("%q chose %d, %v; want %d", wanted, got, err, want)
		}
	}
	if got, err := choose(sample, "", func(i int) bool { return i < 2 }); err != nil || got != 1 {
		t.Errorf("with the window's help %d, %v; want the integrated one", got, err)
	}
	_, err := choose(sample, "3", all)
	wantError(t, err, `"3"`, "available:", "0: llvmpipe", "2: NVIDIA")
	_, err = choose(sample, "nvidea", all)
	wantError(t, err, `no graphics adapter matches "nvidea"`, `did you mean "NVIDIA GeForce RTX 3060"?`)
	_, err = choose(sample, "", func(int) bool { return false })
	wantError(t, err, "window")
	_, err = choose(nil, "", all)
	wantError(t, err, "no usable graphics adapter")
	var missing *NoAdapterError
	if !errors.As(err, &missing) {
		t.Errorf("%T is no *NoAdapterError", err)
	}
}

func TestDriverHint(t *testing.T) {
	if hint := driverHint("linux"); !strings.Contains(hint, "libvulkan1 mesa-vulkan-drivers") {
		t.Errorf("the Debian packages are not named: %s", hint)
	}
	for _, system := range []string{"linux", "windows", "darwin", "js", "freebsd"} {
		if driverHint(system) == "" {
			t.Errorf("no hint for %s", system)
		}
	}
}

func TestDescribeAdapter(t *testing.T) {
	// The software driver gives a number for a name, and its name as the description.
	a := describe(wgpu.AdapterInfo{Name: "0x0", DriverDescription: "llvmpipe", AdapterType: wgpu.AdapterTypeCPU,
		BackendType: wgpu.BackendTypeVulkan})
	if a.Name != "llvmpipe" || a.Driver != "" || a.Kind != "cpu" || !a.Software || a.Backend != "vulkan" {
		t.Errorf("%+v", a)
	}
	a = describe(wgpu.AdapterInfo{Name: "Card", DriverDescription: "1.2", AdapterType: wgpu.AdapterTypeDiscreteGPU,
		BackendType: wgpu.BackendTypeOpenGL})
	if a.String() != "0: Card (discrete, opengl, 1.2)" || a.Software {
		t.Errorf("%s", a)
	}
}

func TestAdapters(t *testing.T) {
	list, err := Adapters()
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range list {
		if a.Index != i || a.Name == "" || strings.HasPrefix(a.Name, "0x") || a.Backend == "opengl" {
			t.Errorf("adapter %d: %+v", i, a)
		}
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	// By index and by name, both in the list.
	for _, wanted := range []string{"0", strings.ToUpper(list[0].Name)} {
		d, err := Open(Options{Adapter: wanted})
		if err != nil {
			t.Fatal(err)
		}
		if d.Info() != list[0] {
			t.Errorf("%q opened %s", wanted, d.Info())
		}
		d.Release()
	}
	_, err = Open(Options{Adapter: "voodoo 2"})
	wantError(t, err, `"voodoo 2"`, list[0].Name)
}

// Without a driver there is an error to act on, nothing else: no panic, no library text.
func TestNoDriver(t *testing.T) {
	if isChild() {
		runtime.LockOSThread()
		_, err := Open(Options{})
		var missing *NoAdapterError
		fmt.Printf("is=%t %v\n", errors.As(err, &missing), err)
		_, err = Adapters()
		fmt.Printf("is=%t\n", errors.As(err, &missing))
		return
	}
	nowhere := t.TempDir() + "/none.json"
	out, errs, err := child(t, "TestNoDriver", "XDG_RUNTIME_DIR", "VK_ICD_FILENAMES="+nowhere, "VK_DRIVER_FILES="+nowhere)
	if err != nil || errs != "" {
		t.Errorf("%v, stderr %q", err, errs)
	}
	if strings.Count(out, "is=true") != 2 || runtime.GOOS == "linux" && !strings.Contains(out, "mesa-vulkan-drivers") {
		t.Errorf("output %q", out)
	}
}

// Neither the library nor its drivers may write to the user's terminal, whatever goes wrong.
func TestSilence(t *testing.T) {
	if isChild() {
		d := open(t, Options{Timestamps: true})
		d.NewBuffer("huge", 1<<60, 0)
		d.device.CreateBuffer(&wgpu.BufferDescriptor{Size: 1 << 60, Usage: wgpu.BufferUsageStorage})
		e := encoder(t, d)
		e.Copy(d.tick, 0, d.tick, 0, 4)
		fmt.Println("error:", e.Submit() != nil)
		return
	}
	out, errs, err := child(t, "TestSilence", "XDG_RUNTIME_DIR", "RUST_LOG=trace")
	if err != nil || errs != "" || !strings.Contains(out, "error: true") {
		t.Errorf("%v, stdout %q, stderr %q", err, out, errs)
	}
}

func TestLimits(t *testing.T) {
	offered := wgpu.Limits{
		MaxBufferSize: 2 << 30, MaxStorageBufferBindingSize: 1 << 20, MaxStorageBuffersPerShaderStage: 32,
		MaxPushConstantSize: 123456, MaxTextureDimension2D: wgpu.LimitU32Undefined,
	}
	w := wantedLimits(offered)
	standard := wgpu.DefaultLimits()
	if w.MaxBufferSize != 2<<30 || w.MaxStorageBuffersPerShaderStage != 32 {
		t.Errorf("not raised: %+v", w)
	}
	// Garbage, zeros and what is below the standard are not asked for: such a request would be refused.
	if w.MaxPushConstantSize != standard.MaxPushConstantSize || w.MaxTextureDimension2D != standard.MaxTextureDimension2D ||
		w.MaxStorageBufferBindingSize != standard.MaxStorageBufferBindingSize ||
		w.MaxComputeWorkgroupSizeX != standard.MaxComputeWorkgroupSizeX {
		t.Errorf("asks for too much: %+v", w)
	}
	d := open(t, Options{})
	l := d.Limits()
	if l.MaxBuffer < 256<<20 || l.MaxBinding < 128<<20 || l.MaxStorageBuffers < 8 || l.MaxGroups < 65535 ||
		l.MaxTexture < 8192 || l.MaxInvocations < 256 || l.MaxBindGroups < 4 || l.MaxUniform < 16384 {
		t.Errorf("limits below what every device has: %+v", l)
	}
	if offered := d.adapter.GetLimits().Limits; l.MaxStorageBuffers < offered.MaxStorageBuffersPerShaderStage {
		t.Errorf("%d storage buffers, the adapter offers %d", l.MaxStorageBuffers, offered.MaxStorageBuffersPerShaderStage)
	}
	if s := d.Describe(); !strings.Contains(s, d.Info().Name) || !strings.Contains(s, "timestamps no") {
		t.Errorf("description %q", s)
	}
}

func TestSize(t *testing.T) {
	for bytes, want := range map[uint64]string{0: "0 bytes", 1023: "1023 bytes", 1536: "1.5 KiB", 128 << 20: "128 MiB",
		5 << 30: "5 GiB"} {
		if got := Size(bytes).String(); got != want {
			t.Errorf("%d is printed as %s", bytes, got)
		}
	}
}

// A device belongs to its thread: errors of calls from elsewhere would be lost or land in the wrong call.
func TestOtherThread(t *testing.T) {
	d := open(t, Options{})
	b := buffer(t, d, "b", 16, 0)
	done := make(chan []error)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		_, err1 := d.NewBuffer("x", 16, 0)
		_, err2 := d.NewEncoder("x")
		_, err3 := d.Read(b, 0, 16)
		done <- []error{err1, err2, err3, d.Write(b, 0, make([]byte, 4)), d.Wait()}
	}()
	for _, err := range <-done {
		wantError(t, err, "another thread")
	}
	d.Shared()
	go func() { done <- []error{d.Wait()} }()
	for _, err := range <-done {
		if err != nil {
			t.Error(err)
		}
	}
	if os.Getenv("XDG_RUNTIME_DIR") == "" {
		t.Error("XDG_RUNTIME_DIR is not set: EGL will write to the terminal")
	}
}
