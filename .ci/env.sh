# Sourced by the other scripts: settings that drivers and tests want.

# Graphics drivers complain without a private folder for their sockets.
if [ -z "${XDG_RUNTIME_DIR:-}" ] || [ ! -w "${XDG_RUNTIME_DIR:-}" ]; then
  XDG_RUNTIME_DIR="${TMPDIR:-/tmp}/fluidsim-runtime-$(id -u)"
  mkdir -p -m 700 "$XDG_RUNTIME_DIR"
  export XDG_RUNTIME_DIR
fi
