package capture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"

	"github.com/fluidsim/fluidsim/sim/whole"
)

// NoFFmpegError says that a video needs ffmpeg and where to get it.
type NoFFmpegError struct{ Path string }

func (e *NoFFmpegError) Error() string {
	hint := "Debian and Ubuntu: apt install ffmpeg"
	switch runtime.GOOS {
	case "darwin":
		hint = "brew install ffmpeg"
	case "windows":
		hint = "winget install ffmpeg"
	}
	return fmt.Sprintf("cannot record %q: the program ffmpeg is not on the PATH (%s); a folder, .gif, .apng or .png needs no ffmpeg", e.Path, hint)
}

// FFmpegError is a failure of ffmpeg, with the end of what it said.
type FFmpegError struct {
	Path string
	Err  error
	Said string
}

func (e *FFmpegError) Error() string {
	text := fmt.Sprintf("ffmpeg could not write %q: %v", e.Path, e.Err)
	if e.Said != "" {
		text += "\n" + e.Said
	}
	return text
}

func (e *FFmpegError) Unwrap() error { return e.Err }

// videoSink pipes raw frames into ffmpeg.
type videoSink struct {
	path    string
	temp    string
	kind    Kind
	options Options
	command *exec.Cmd
	pipe    io.WriteCloser
	said    tail
	count   int
	written int
	failed  error
	over    bool
}

func newVideoSink(path string, kind Kind, o Options) (*videoSink, error) {
	program, err := exec.LookPath("ffmpeg")
	if err != nil {
		return nil, &NoFFmpegError{path}
	}
	probe, err := whole.Create(path)
	if err != nil {
		return nil, err
	}
	probe.Drop()
	s := &videoSink{path: path, temp: whole.TempName(path), kind: kind, options: o}
	s.command = exec.Command(program, videoArguments(kind, o, s.temp)...)
	s.command.Stderr = &s.said
	detach(s.command)
	if s.pipe, err = s.command.StdinPipe(); err != nil {
		return nil, &FFmpegError{Path: path, Err: err}
	}
	if err := s.command.Start(); err != nil {
		return nil, &FFmpegError{Path: path, Err: err}
	}
	return s, nil
}

// even is a side that 4:2:0 can have: an odd one loses its last row or column, one of a single pixel is doubled.
func even(side int) int { return max(2, side&^1) }

// rateFactors are the constant rate factors of libx264 and libvpx-vp9; six less is about twice the size.
var rateFactors = map[Kind]map[Quality]string{
	MP4:  {Low: "30", Medium: "24", High: "18", "": "18", Best: "12"},
	WebM: {Low: "42", Medium: "35", High: "28", "": "28", Best: "20"},
}

// videoArguments asks for files that play everywhere: 4:2:0 with even sides, BT.709 colours,
// the index in front; and for the same bytes from the same frames: no dates, no versions.
func videoArguments(kind Kind, o Options, out string) []string {
	shape := fmt.Sprintf("crop=%d:%d:0:0", even(o.Width), even(o.Height))
	if o.Width < 2 || o.Height < 2 {
		shape = fmt.Sprintf("scale=%d:%d:flags=neighbor", even(o.Width), even(o.Height))
	}
	arguments := []string{
		"-hide_banner", "-nostdin", "-loglevel", "error", "-y",
		"-f", "rawvideo", "-pixel_format", "rgba",
		"-video_size", fmt.Sprintf("%dx%d", o.Width, o.Height),
		"-framerate", strconv.FormatFloat(o.FPS, 'f', -1, 64),
		"-i", "pipe:0", "-an",
		"-vf", shape + ",scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
		"-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
		"-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
	}
	crf := rateFactors[kind][o.Quality]
	if kind == WebM {
		return append(arguments, "-c:v", "libvpx-vp9", "-crf", crf, "-b:v", "0", "-deadline", "good", "-cpu-used", "4",
			"-row-mt", "1", "-f", "webm", out)
	}
	return append(arguments, "-c:v", "libx264", "-preset", "medium", "-crf", crf, "-pix_fmt", "yuv420p",
		"-movflags", "+faststart", "-f", "mp4", out)
}

func (s *videoSink) Add(frame *image.NRGBA) error {
	if s.failed != nil {
		return s.failed
	}
	if err := checkSize(frame, s.options); err != nil {
		return err
	}
	_, err := s.pipe.Write(tightPixels(frame))
	recycle(frame)
	if err != nil {
		// The pipe broke because ffmpeg ended; what it said is the reason, not "broken pipe".
		s.failed = s.stop(err)
		os.Remove(s.temp)
		return s.failed
	}
	s.count++
	return nil
}

// stop closes the pipe and waits for ffmpeg to finish the file.
func (s *videoSink) stop(cause error) error {
	if s.over {
		return s.failed
	}
	s.over = true
	closed := s.pipe.Close()
	err := s.command.Wait()
	if err == nil {
		err = cause
	}
	if err == nil && !errors.Is(closed, os.ErrClosed) {
		err = closed
	}
	if err != nil {
		return &FFmpegError{Path: s.path, Err: err, Said: strings.ReplaceAll(s.said.String(), s.temp, s.path)}
	}
	return nil
}

func (s *videoSink) Close() error {
	if s.count == 0 && s.failed == nil {
		s.Abort()
		return noFrames(s.path)
	}
	return s.Abort()
}

func (s *videoSink) Abort() error {
	if s.failed != nil {
		return s.failed
	}
	err := s.stop(nil)
	switch {
	case s.count == 0:
		os.Remove(s.temp) // ffmpeg may fail on no input: there is nothing to lose
		return nil
	case err != nil:
		os.Remove(s.temp)
		s.failed = err
		return err
	}
	if err := os.Rename(s.temp, s.path); err != nil {
		os.Remove(s.temp)
		s.failed = whole.Explain(s.path, err)
		return s.failed
	}
	s.written = s.count
	return nil
}

func (s *videoSink) Summary() Summary {
	out := Summary{Path: s.path, Kind: s.kind, Frames: s.written, Width: even(s.options.Width), Height: even(s.options.Height)}
	if out.Width != s.options.Width || out.Height != s.options.Height {
		out.Note = "videos have even sides"
	}
	return out
}

// tail keeps the end of what a program says.
type tail struct{ text []byte }

const tailSize = 2000

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	if len(t.text) > 2*tailSize {
		t.text = append(t.text[:0], t.text[len(t.text)-tailSize:]...)
	}
	return len(p), nil
}

func (t *tail) String() string {
	text := bytes.TrimSpace(t.text)
	if len(text) > tailSize {
		text = text[len(text)-tailSize:]
	}
	return strings.ToValidUTF8(string(text), "?")
}
