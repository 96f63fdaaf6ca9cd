#!/usr/bin/env bash
# Shows the default scene: in a window, or as a recording where there is no
# display. Called by `make run`, after the build.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh

if [ "$(uname -s)" != Linux ] || [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
  exec build/fluidsim "$@"
fi

out=recordings/$(date +%Y-%m-%d_%H-%M-%S)
mkdir -p "$out"
seconds=${SECONDS_TO_RECORD:-1.5}
echo "There is no display here (DISPLAY is not set), so there can be no window."
echo "Recording the first $seconds seconds of the default scene instead."
outputs=(-o "$out/frames")
if command -v ffmpeg >/dev/null 2>&1; then
  outputs+=(-o "$out/dam-break.mp4")
fi
build/fluidsim record dam-break "${outputs[@]}" --seconds "$seconds" --fps 30 \
  --particles "${PARTICLES:-6k}" "$@"
echo "The pictures are in $PWD/$out"
