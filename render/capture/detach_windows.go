package capture

import (
	"os/exec"
	"syscall"
)

// detach keeps Ctrl-C of the console from reaching ffmpeg: it must outlive the key to finish the
// file that the recording closes.
func detach(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}
