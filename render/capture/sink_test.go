package capture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/sim/whole"
)

// picture is a moving square on a gradient, different for every k.
func picture(width, height, k int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{uint8(40 + x*120/width), uint8(60 + y*140/height), 200, 255}
			if dx, dy := x-(k*3)%width, y-height/2; dx >= 0 && dx < 12 && dy >= -6 && dy < 6 {
				c = color.NRGBA{250, uint8(k * 7), 30, 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func record(t *testing.T, path string, o Options, frames int) Sink {
	t.Helper()
	sink, err := NewSink(path, o)
	if err != nil {
		t.Fatal(err)
	}
	for k := range frames {
		if err := sink.Add(picture(o.Width, o.Height, k)); err != nil {
			t.Fatal(err)
		}
	}
	return sink
}

func mustClose(t *testing.T, sink Sink) {
	t.Helper()
	if err := sink.Close(); err != nil {
		t.Fatal(err)
	}
}

// listing names everything in a folder, hidden files too.
func listing(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func readPNG(t *testing.T, path string) image.Image {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return img
}

func samePixels(t *testing.T, got image.Image, want *image.NRGBA) {
	t.Helper()
	if got.Bounds() != want.Bounds() {
		t.Fatalf("picture of %v, want %v", got.Bounds(), want.Bounds())
	}
	for y := range want.Rect.Dy() {
		for x := range want.Rect.Dx() {
			if g := color.NRGBAModel.Convert(got.At(x, y)); g != want.At(x, y) {
				t.Fatalf("pixel %d,%d = %v, want %v", x, y, g, want.At(x, y))
			}
		}
	}
}

var small = Options{FPS: 30, Width: 64, Height: 48}

func TestKindOf(t *testing.T) {
	folder := t.TempDir()
	inVideo := filepath.Join(folder, "x.mp4")
	if err := os.Mkdir(inVideo, 0o777); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]Kind{
		"out": Folder, "a.b/": Folder, "out.png": Still, "x/OUT.GIF": GIF, "o.apng": APNG, "a.b/c.mp4": MP4, "v.webm": WebM, "v1.0/frames": Folder, ".frames": Folder,
		".": Folder, "..": Folder, folder: Folder, inVideo + "/": Folder,
	} {
		if got, err := KindOf(path); err != nil || got != want {
			t.Errorf("KindOf(%q) = %q, %v, want %q", path, got, err, want)
		}
	}
	for path, want := range map[string]string{
		"":        "no name",
		"out.avi": `the ending ".avi" is not one of .png, .gif, .apng, .mp4, .webm`,
		inVideo:   "is a folder",
	} {
		if _, err := KindOf(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("KindOf(%q): %v, want an error with %q", path, err, want)
		}
	}
}

func TestNewSinkRefusesBadOptions(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.gif")
	for _, o := range []Options{{FPS: 30, Width: 0, Height: 9}, {FPS: 30, Width: 9, Height: 1 << 20}, {FPS: 0, Width: 9, Height: 9}, {FPS: 9, Width: 9, Height: 9, Quality: "superb"}} {
		if sink, err := NewSink(path, o); err == nil {
			sink.Abort()
			t.Errorf("NewSink with %+v gives no error", o)
		}
	}
}

func TestFolder(t *testing.T) {
	base := t.TempDir()
	var bytesOf [2][]byte
	for run := range 2 {
		out := filepath.Join(base, fmt.Sprint("deep/run", run))
		sink := record(t, out, small, 5)
		mustClose(t, sink)
		if got := sink.Summary(); got.Frames != 5 || got.Kind != Folder {
			t.Errorf("summary %+v", got)
		}
		if got, want := listing(t, out), "frame_000000.png frame_000001.png frame_000002.png frame_000003.png frame_000004.png"; got != want {
			t.Fatalf("folder holds %q, want %q", got, want)
		}
		samePixels(t, readPNG(t, filepath.Join(out, frameName(3))), picture(64, 48, 3))
		bytesOf[run], _ = os.ReadFile(filepath.Join(out, frameName(4)))
	}
	if !bytes.Equal(bytesOf[0], bytesOf[1]) {
		t.Error("the same pixels gave different bytes")
	}

	out := filepath.Join(base, "deep/run0")
	if _, err := NewSink(out, small); err == nil || !strings.Contains(err.Error(), "already holds 5 frames") {
		t.Errorf("recording over older frames: %v, want an error with the hint", err)
	}
	keep := filepath.Join(out, "notes.txt")
	os.WriteFile(keep, []byte("mine"), 0o666)
	o := small
	o.Overwrite = true
	mustClose(t, record(t, out, o, 2))
	if got, want := listing(t, out), "frame_000000.png frame_000001.png notes.txt"; got != want {
		t.Errorf("after overwriting the folder holds %q, want %q", got, want)
	}
}

func TestStill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "still.png")
	sink := record(t, path, small, 4)
	mustClose(t, sink)
	samePixels(t, readPNG(t, path), picture(64, 48, 3))
	if got := listing(t, filepath.Dir(path)); got != "still.png" {
		t.Errorf("folder holds %q", got)
	}
}

func TestSaveImage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "shot.png")
	for k := range 2 { // the second replaces the first
		if err := SaveImage(path, picture(20, 10, k)); err != nil {
			t.Fatal(err)
		}
		samePixels(t, readPNG(t, path), picture(20, 10, k))
	}
	info, _ := os.Stat(path)
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o044 == 0 {
		t.Errorf("mode %v: others cannot read the picture", info.Mode())
	}
	if err := SaveImage(path, image.NewNRGBA(image.Rectangle{})); err == nil {
		t.Error("an empty picture gives no error")
	}
}

func TestGIF(t *testing.T) {
	for _, test := range []struct {
		fps     float64
		frames  int
		written int
		length  int // [1/100 s]
	}{{30, 31, 31, 103}, {50, 10, 10, 20}, {60, 61, 51, 102}, {12.5, 3, 3, 24}} {
		path := filepath.Join(t.TempDir(), "x.gif")
		o := Options{FPS: test.fps, Width: 64, Height: 48}
		sink := record(t, path, o, test.frames)
		mustClose(t, sink)
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		film, err := gif.DecodeAll(file)
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		length, fastest := 0, 99
		canvas := image.NewNRGBA(image.Rect(0, 0, 64, 48))
		for i, frame := range film.Image {
			length += film.Delay[i]
			fastest = min(fastest, film.Delay[i])
			for y := frame.Rect.Min.Y; y < frame.Rect.Max.Y; y++ {
				for x := frame.Rect.Min.X; x < frame.Rect.Max.X; x++ {
					if c := color.NRGBAModel.Convert(frame.At(x, y)).(color.NRGBA); c.A != 0 {
						canvas.SetNRGBA(x, y, c)
					}
				}
			}
			if test.fps <= maxGIFRate {
				if e := meanError(canvas, picture(64, 48, i)); e > 3 {
					t.Errorf("fps %g: frame %d is off by %g of 255 on average", test.fps, i, e)
				}
			}
		}
		if len(film.Image) != test.written || sink.Summary().Frames != test.written {
			t.Errorf("fps %g: %d frames, summary %d, want %d", test.fps, len(film.Image), sink.Summary().Frames, test.written)
		}
		if length != test.length || fastest < 2 || film.LoopCount != 0 {
			t.Errorf("fps %g: lasts %d/100 s, want %d; shortest delay %d, loops %d", test.fps, length, test.length, fastest, film.LoopCount)
		}
	}
}

func meanError(a, b *image.NRGBA) float64 {
	sum := 0.0
	for i := range a.Pix {
		sum += float64(max(a.Pix[i], b.Pix[i]) - min(a.Pix[i], b.Pix[i]))
	}
	return sum / float64(len(a.Pix)) * 4 / 3
}

func TestVideo(t *testing.T) {
	for _, test := range []struct {
		name, codec   string
		width, height int
		want          string
	}{
		{"x.mp4", "h264", 64, 48, "64,48"},
		{"x.mp4", "h264", 65, 49, "64,48"},
		{"x.mp4", "h264", 1, 1, "2,2"},
		{"x.webm", "vp9", 64, 48, "64,48"},
	} {
		var bytesOf [2][]byte
		for run := range 2 {
			path := filepath.Join(t.TempDir(), test.name)
			sink := record(t, path, Options{FPS: 25, Width: test.width, Height: test.height}, 15)
			mustClose(t, sink)
			if got := probe(t, path); got != test.codec+","+test.want+",25/1,15" {
				t.Errorf("%s %dx%d: ffprobe says %q", test.name, test.width, test.height, got)
			}
			if got := listing(t, filepath.Dir(path)); got != test.name {
				t.Errorf("folder holds %q", got)
			}
			bytesOf[run], _ = os.ReadFile(path)
		}
		if !bytes.Equal(bytesOf[0], bytesOf[1]) {
			t.Errorf("%s: the same frames gave different bytes", test.name)
		}
	}
}

// probe decodes a video and returns codec, size, rate and number of frames.
func probe(t *testing.T, path string) string {
	t.Helper()
	out, err := exec.Command("ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0",
		"-show_entries", "stream=codec_name,width,height,r_frame_rate,nb_read_frames", "-of", "csv=p=0", path).CombinedOutput()
	if err != nil {
		t.Fatalf("ffprobe: %v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

func TestVideoColours(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.mp4")
	sink, err := NewSink(path, Options{FPS: 25, Width: 64, Height: 64})
	if err != nil {
		t.Fatal(err)
	}
	flat := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for i := 0; i < len(flat.Pix); i += 4 {
		copy(flat.Pix[i:], []byte{30, 110, 200, 255})
	}
	if err := sink.Add(flat); err != nil {
		t.Fatal(err)
	}
	mustClose(t, sink)
	raw, err := exec.Command("ffmpeg", "-v", "error", "-i", path, "-vf", "scale=in_color_matrix=bt709", "-f", "rawvideo", "-pix_fmt", "rgb24", "-").Output()
	if err != nil || len(raw) < 3 {
		t.Fatalf("decode: %v", err)
	}
	for i, want := range []int{30, 110, 200} {
		if d := int(raw[i]) - want; d < -4 || d > 4 {
			t.Errorf("decoded colour %v, want 30 110 200", raw[:3])
			break
		}
	}
}

func TestAbortLeavesWholeFiles(t *testing.T) {
	for _, name := range []string{"frames", "x.png", "x.gif", "x.apng", "x.mp4", "x.webm"} {
		for _, frames := range []int{0, 7} {
			folder := t.TempDir()
			path := filepath.Join(folder, name)
			sink := record(t, path, small, frames)
			if err := sink.Abort(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			got, want := listing(t, folder), name
			if frames == 0 && name != "frames" {
				want = ""
			}
			if got != want {
				t.Errorf("%s after %d frames: folder holds %q, want %q", name, frames, got, want)
				continue
			}
			if frames == 0 {
				continue
			}
			switch sink.Summary().Kind {
			case Folder:
				for k := range frames {
					samePixels(t, readPNG(t, filepath.Join(path, frameName(k))), picture(64, 48, k))
				}
			case MP4, WebM:
				if got := probe(t, path); !strings.HasSuffix(got, ",7") {
					t.Errorf("%s: ffprobe says %q, want 7 frames", name, got)
				}
			}
		}
	}
}

func TestCloseWithoutFrames(t *testing.T) {
	for _, name := range []string{"frames", "x.png", "x.gif", "x.apng", "x.mp4"} {
		folder := t.TempDir()
		sink := record(t, filepath.Join(folder, name), small, 0)
		if err := sink.Close(); err == nil || !strings.Contains(err.Error(), "nothing was recorded") {
			t.Errorf("%s: %v, want an error that nothing was recorded", name, err)
		}
		if got := strings.TrimPrefix(listing(t, folder), "frames"); got != "" {
			t.Errorf("%s: folder holds %q", name, got)
		}
	}
}

func TestUnwritablePlaces(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"frames", "x.png", "x.gif", "x.apng", "x.mp4", "x.webm"} {
		path := filepath.Join(file, name) // below a file: no one can write there, root included
		sink, err := NewSink(path, small)
		var failure *whole.Error
		if !errors.As(err, &failure) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: %v, %v, want an error naming the place", name, sink, err)
		}
	}
	if err := SaveImage(filepath.Join(file, "a.png"), picture(4, 4, 0)); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("SaveImage: %v", err)
	}
}

func TestNoFFmpeg(t *testing.T) {
	t.Setenv("PATH", "")
	folder := t.TempDir()
	_, err := NewSink(filepath.Join(folder, "x.mp4"), small)
	var missing *NoFFmpegError
	if !errors.As(err, &missing) || !strings.Contains(err.Error(), "ffmpeg is not on the PATH") {
		t.Errorf("without ffmpeg: %v", err)
	}
	if got := listing(t, folder); got != "" {
		t.Errorf("folder holds %q", got)
	}
}

func TestFFmpegFails(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // no shell script to stand in for ffmpeg
	}
	bin, folder := t.TempDir(), t.TempDir()
	script := "#!/bin/sh\necho 'Unknown encoder libx264' >&2\nexit 1\n"
	if err := os.WriteFile(filepath.Join(bin, "ffmpeg"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin)
	sink, err := NewSink(filepath.Join(folder, "x.mp4"), Options{FPS: 30, Width: 640, Height: 480})
	if err != nil {
		t.Fatal(err)
	}
	for k := 0; k < 100 && err == nil; k++ {
		err = sink.Add(picture(640, 480, 0))
	}
	if err == nil {
		err = sink.Close()
	}
	var failure *FFmpegError
	if !errors.As(err, &failure) || !strings.Contains(err.Error(), "Unknown encoder libx264") {
		t.Errorf("failing ffmpeg: %v", err)
	}
	sink.Abort()
	if got := listing(t, folder); got != "" {
		t.Errorf("folder holds %q", got)
	}
}

func TestWrongSize(t *testing.T) {
	for _, name := range []string{"frames", "x.png", "x.gif", "x.apng", "x.mp4"} {
		sink := record(t, filepath.Join(t.TempDir(), name), small, 1)
		if err := sink.Add(picture(63, 48, 0)); err == nil || !strings.Contains(err.Error(), "63x48") {
			t.Errorf("%s: a frame of another size: %v", name, err)
		}
		sink.Abort()
	}
}
