//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"fmt"
	"unsafe"

	"github.com/AllenDang/cimgui-go/imgui"

	"github.com/fluidsim/fluidsim/render/pass"
)

// paintSheets brings the textures of letters to the overlay as they grow.
func (p *Panel) paintSheets() error {
	all, err := textures(imgui.CurrentDrawData())
	if err != nil {
		return err
	}
	for _, t := range all {
		if err := p.paintSheet(t); err != nil {
			return err
		}
	}
	return nil
}

func (p *Panel) paintSheet(t *imgui.TextureData) error {
	number := t.UniqueID() + 1 // 0 is no texture
	switch t.Status() {
	case imgui.TextureStatusWantCreate:
		if t.BytesPerPixel() != 4 {
			return fmt.Errorf("the panel got a texture with %d bytes a pixel", t.BytesPerPixel())
		}
		all := bytesAt(t.Pixels(), int(t.Width()*t.Height()*4))
		if err := p.overlay.Sheet(int(number), int(t.Width()), int(t.Height()), all); err != nil {
			return err
		}
		p.sheets[number] = true
		t.SetTexID(imgui.TextureID(number))
		t.SetStatus(imgui.TextureStatusOK)
	case imgui.TextureStatusWantUpdates:
		r := t.UpdateRect()
		x, y, width, height := int(r.X()), int(r.Y()), int(r.W()), int(r.H())
		p.pixels = p.pixels[:0]
		for row := range height {
			p.pixels = append(p.pixels, bytesAt(t.PixelsAt(int32(x), int32(y+row)), 4*width)...)
		}
		if err := p.overlay.Paint(int(number), x, y, width, height, p.pixels); err != nil {
			return err
		}
		t.SetStatus(imgui.TextureStatusOK)
	case imgui.TextureStatusWantDestroy:
		if t.UnusedFrames() > 0 { // the picture under way may still show it
			p.forget(t)
		}
	}
	return nil
}

func (p *Panel) forget(t *imgui.TextureData) {
	number := t.UniqueID() + 1
	p.overlay.DropSheet(int(number))
	delete(p.sheets, number)
	t.SetTexID(0)
	t.SetStatus(imgui.TextureStatusDestroyed)
}

// dropSheets tells Dear ImGui, before it ends, that no texture is held any more.
func dropSheets() {
	all, err := textures(imgui.CurrentDrawData())
	if err != nil {
		return
	}
	for _, t := range all {
		t.SetTexID(0)
		t.SetStatus(imgui.TextureStatusDestroyed)
	}
}

// collect brings the triangles of this frame to the overlay.
func (p *Panel) collect() error {
	p.vertices, p.indices, p.draws = p.vertices[:0], p.indices[:0], p.draws[:0]
	for _, list := range imgui.CurrentDrawData().CommandLists() {
		base, first := len(p.vertices), len(p.indices)
		at, size := list.GetVertexBuffer()
		p.vertices = append(p.vertices, unsafe.Slice((*pass.OverlayVertex)(at), size/int(unsafe.Sizeof(pass.OverlayVertex{})))...)
		at, size = list.GetIndexBuffer()
		p.indices = append(p.indices, unsafe.Slice((*uint16)(at), size/2)...)
		for _, c := range list.Commands() {
			if c.HasUserCallback() {
				continue
			}
			clip := c.ClipRect()
			p.draws = append(p.draws, pass.OverlayDraw{
				Clip:  [4]int{int(clip.X), int(clip.Y), int(clip.Z), int(clip.W)},
				Sheet: int(c.TexID()), First: first + int(c.IdxOffset()), Count: int(c.ElemCount()), Base: base + int(c.VtxOffset()),
			})
		}
	}
	return p.overlay.Set(p.vertices, p.indices, p.draws)
}
