//go:build !js

// Package shim calls three functions of the WebGPU library past the Go binding, because the binding's own way to
// them is not sound: it hands C a pointer into the Go heap for a call that returns later (map), hides the status of
// a surface's texture, and drops a device reference too many when such a texture is released.
//
// The functions are weak externs: they resolve in the final link from the static library that the binding brings.
// The handles are read from the binding's unexported fields by reflection, once per call. Nothing else in the
// program may use this package but sim/gpu.
package shim

/*
#include <stdint.h>
#include <stdlib.h>
#ifdef _WIN32
#include <windows.h>
static uintptr_t shim_thread(void) { return (uintptr_t)GetCurrentThreadId(); }
#else
#include <pthread.h>
static uintptr_t shim_thread(void) { return (uintptr_t)pthread_self(); }
#endif

typedef struct { void *texture; uint32_t suboptimal; uint32_t status; } shim_surface_texture;
typedef void (*shim_map_callback)(int status, void *userdata);
typedef void (*shim_error_callback)(int type, char const *message, void *userdata);

extern void wgpuBufferMapAsync(void *buffer, uint32_t mode, size_t offset, size_t size, shim_map_callback callback, void *userdata) __attribute__((weak));
extern void wgpuSurfaceGetCurrentTexture(void *surface, shim_surface_texture *texture) __attribute__((weak));
extern void wgpuTextureRelease(void *texture) __attribute__((weak));
extern void wgpuDevicePushErrorScope(void *device, int filter) __attribute__((weak));
extern void wgpuDevicePopErrorScope(void *device, shim_error_callback callback, void *userdata) __attribute__((weak));

enum { shim_filter_validation = 0 };

// The state of one map, on the C heap for as long as the library may write to it.
typedef struct { volatile int done; volatile int status; } shim_map;

static void shim_mapped(int status, void *userdata) {
	shim_map *m = userdata;
	m->status = status;
	m->done = 1;
}

static void shim_failed(int type, char const *message, void *userdata) {
	(void)message;
	if (type != 0) {
		*(int *)userdata = type;
	}
}

static int shim_start(void *device, void *buffer, uint32_t mode, size_t size, shim_map *m) {
	int failed = 0;
	m->done = 0;
	m->status = 0;
	wgpuDevicePushErrorScope(device, shim_filter_validation);
	wgpuBufferMapAsync(buffer, mode, 0, size, shim_mapped, m);
	wgpuDevicePopErrorScope(device, shim_failed, &failed);
	return failed;
}

static int shim_done(shim_map *m) { return m->done; }
static int shim_status(shim_map *m) { return m->status; }

static int shim_current(void *device, void *surface, shim_surface_texture *out) {
	int failed = 0;
	out->texture = NULL;
	wgpuDevicePushErrorScope(device, shim_filter_validation);
	wgpuSurfaceGetCurrentTexture(surface, out);
	wgpuDevicePopErrorScope(device, shim_failed, &failed);
	return failed;
}
*/
import "C"

import (
	"fmt"
	"reflect"
	"unsafe"

	"github.com/cogentcore/webgpu/wgpu"
)

// handle reads a C handle out of one of the binding's objects; nil when the object is nil or has no such field.
func handle(object any, field string) unsafe.Pointer {
	v := reflect.ValueOf(object)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return nil
	}
	f := v.Elem().FieldByName(field)
	if !f.IsValid() || f.Kind() != reflect.Pointer {
		return nil
	}
	return f.UnsafePointer()
}

// Valid tells whether one of the binding's objects holds a real handle.
func Valid(object any) bool { return handle(object, "ref") != nil }

// Thread identifies the calling OS thread.
func Thread() uintptr { return uintptr(C.shim_thread()) }

// Map is one buffer's mapping for reading. It is reused as long as the buffer lives.
type Map struct {
	state   *C.shim_map
	pending bool
}

// NewMap allocates the state; Free releases it.
func NewMap() *Map {
	return &Map{state: (*C.shim_map)(C.calloc(1, C.size_t(unsafe.Sizeof(C.shim_map{}))))}
}

// Start asks for the buffer's first size bytes. Poll the device until Done.
func (m *Map) Start(b *wgpu.Buffer, size uint64) error {
	device, buffer := handle(b, "deviceRef"), handle(b, "ref")
	if device == nil || buffer == nil {
		return fmt.Errorf("map of a buffer without a handle")
	}
	if failed := C.shim_start(device, buffer, C.uint32_t(wgpu.MapModeRead), C.size_t(size), m.state); failed != 0 {
		// Whether the library still calls back is not said: give it memory that is never freed.
		m.state = (*C.shim_map)(C.calloc(1, C.size_t(unsafe.Sizeof(C.shim_map{}))))
		return fmt.Errorf("map refused (error type %d)", int(failed))
	}
	m.pending = true
	return nil
}

// Done tells whether the library has called back, and with success.
func (m *Map) Done() (done bool, err error) {
	if C.shim_done(m.state) == 0 {
		return false, nil
	}
	m.pending = false
	if status := wgpu.BufferMapAsyncStatus(C.shim_status(m.state)); status != wgpu.BufferMapAsyncStatusSuccess {
		return true, fmt.Errorf("map failed: %s", status)
	}
	return true, nil
}

// Free releases the state, unless the library may still write to it.
func (m *Map) Free() {
	if m.state != nil && !m.pending {
		C.free(unsafe.Pointer(m.state))
	}
	m.state = nil
}

// SurfaceTexture is Surface.GetCurrentTexture with the status that the binding hides. The texture is nil unless the
// status is success.
func SurfaceTexture(s *wgpu.Surface) (*wgpu.Texture, wgpu.SurfaceGetCurrentTextureStatus, error) {
	device, surface := handle(s, "deviceRef"), handle(s, "ref")
	if device == nil || surface == nil {
		return nil, wgpu.SurfaceGetCurrentTextureStatusOutdated, fmt.Errorf("the surface is not configured")
	}
	out := (*C.shim_surface_texture)(C.calloc(1, C.size_t(unsafe.Sizeof(C.shim_surface_texture{}))))
	defer C.free(unsafe.Pointer(out))
	failed := C.shim_current(device, surface, out)
	status := wgpu.SurfaceGetCurrentTextureStatus(out.status)
	switch {
	case failed != 0:
		if out.texture != nil {
			C.wgpuTextureRelease(out.texture)
		}
		return nil, wgpu.SurfaceGetCurrentTextureStatusLost, fmt.Errorf("no texture of the surface (error type %d)", int(failed))
	case out.texture == nil && status == wgpu.SurfaceGetCurrentTextureStatusSuccess:
		return nil, wgpu.SurfaceGetCurrentTextureStatusOutdated, nil
	case status != wgpu.SurfaceGetCurrentTextureStatusSuccess:
		if out.texture != nil {
			C.wgpuTextureRelease(out.texture)
		}
		return nil, status, nil
	}
	t := new(wgpu.Texture)
	set(t, "deviceRef", device)
	set(t, "ref", unsafe.Pointer(out.texture))
	return t, status, nil
}

// ReleaseTexture drops a texture of SurfaceTexture, and only it.
func ReleaseTexture(t *wgpu.Texture) {
	if ref := handle(t, "ref"); ref != nil {
		C.wgpuTextureRelease(ref)
		set(t, "ref", nil)
	}
}

// set writes a C handle into one of the binding's objects.
func set(t *wgpu.Texture, field string, to unsafe.Pointer) {
	f := reflect.ValueOf(t).Elem().FieldByName(field)
	*(*unsafe.Pointer)(f.Addr().UnsafePointer()) = to
}
