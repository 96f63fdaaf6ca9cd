//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"errors"
	"unsafe"

	"github.com/AllenDang/cimgui-go/imgui"
)

// cimgui-go has no way to say that there are no settings files, and shows only the
// first of several textures. So the beginnings of two of Dear ImGui's structs are
// written down here as they are in memory. What can be read both ways is compared
// whenever it is used.

// ioHead is the beginning of ImGuiIO.
type ioHead struct {
	configFlags, backendFlags int32
	displaySize, displayScale [2]float32
	deltaTime, iniSavingRate  float32
	iniFilename, logFilename  unsafe.Pointer
}

// drawHead is the beginning of ImDrawData.
type drawHead struct {
	valid                               bool
	lists, totalIndices, totalVertices  int32
	commandLists                        vector
	displayPosition, displaySize, scale [2]float32
	owner                               unsafe.Pointer
	textures                            *vector
}

// vector is an ImVector.
type vector struct {
	size, capacity int32
	data           unsafe.Pointer
}

var errMirror = errors.New("the panel does not fit the version of Dear ImGui that it was built with")

// forgetFiles keeps Dear ImGui from writing imgui.ini and its log beside whatever
// the user works on.
func forgetFiles(io *imgui.IO) error {
	io.SetDisplaySize(imgui.Vec2{X: 123, Y: 45})
	handle, release := io.Handle()
	defer release()
	head := (*ioHead)(unsafe.Pointer(handle))
	if head.displaySize != [2]float32{123, 45} || head.backendFlags != int32(io.BackendFlags()) || io.IniFilename() != "imgui.ini" {
		return errMirror
	}
	head.iniFilename, head.logFilename = nil, nil
	if io.IniFilename() != "" {
		return errMirror
	}
	return nil
}

// textures are all textures that Dear ImGui has.
func textures(data *imgui.DrawData) ([]*imgui.TextureData, error) {
	handle, release := data.Handle()
	defer release()
	head := (*drawHead)(unsafe.Pointer(handle))
	if head == nil { // nothing was drawn yet
		return nil, nil
	}
	if head.totalVertices != data.TotalVtxCount() || head.totalIndices != data.TotalIdxCount() || head.lists != data.CmdListsCount() {
		return nil, errMirror
	}
	if head.textures == nil || head.textures.size == 0 {
		return nil, nil
	}
	if int(head.textures.size) != data.Textures().Size || head.textures.size > head.textures.capacity {
		return nil, errMirror
	}
	var all []*imgui.TextureData
	for _, each := range unsafe.Slice((*unsafe.Pointer)(head.textures.data), head.textures.size) {
		all = append(all, imgui.NewTextureDataFromC(each))
	}
	return all, nil
}

// address is where a slice that is part of the program lies.
func address(data []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(data))) }

// bytesAt is memory of Dear ImGui's.
func bytesAt(at uintptr, size int) []byte {
	return unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&at))), size)
}
