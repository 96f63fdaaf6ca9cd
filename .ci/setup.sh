#!/usr/bin/env bash
# Installs what is missing and says why: .ci/setup.sh [run|test]
#   run   what building and running needs
#   test  that, and what the window tests need (the default)
# Debian and its relatives use apt, with sudo when not root. Elsewhere the
# names are printed and the build goes on. Run it as often as you like.
set -euo pipefail
what=${1:-test}

# package|why
packages=(
  "gcc|compiles the C part of the window and GPU libraries"
  "g++|links the GPU library"
  "pkg-config|finds the window libraries"
  "libgl1-mesa-dev|headers the window library needs"
  "xorg-dev|headers the window library needs"
  "libvulkan1|loads the graphics driver"
  "mesa-vulkan-drivers|Vulkan drivers, with a software one where there is no GPU"
  "ffmpeg|writes videos"
)
if [ "$what" = test ]; then
  packages+=(
    "xvfb|a display in memory for the window tests"
    "xauth|lets programs onto that display"
    "openbox|a window manager for the window tests"
    "xdotool|presses keys and resizes in the window tests"
    "x11-utils|reads window titles in the window tests"
    "imagemagick|takes the screenshots of the window tests"
  )
fi

say() { printf 'setup: %s\n' "$*"; }

if ! command -v go >/dev/null 2>&1; then
  say "Go is missing. Install it from https://go.dev/dl/ (the version is in go.mod) and try again."
  exit 1
fi

system=$(uname -s)
if [ "$system" != Linux ] || ! command -v dpkg-query >/dev/null 2>&1; then
  case "$system" in
    Darwin) say "on macOS you need the Xcode command line tools (xcode-select --install) and, for videos, ffmpeg." ;;
    Linux)
      say "this is not a Debian system; please see that you have the equivalents of:"
      for entry in "${packages[@]}"; do printf '  %-20s %s\n' "${entry%%|*}" "${entry#*|}"; done ;;
    *) say "on $system you need a C compiler that Go can use (cgo) and, for videos, ffmpeg." ;;
  esac
  exit 0
fi

missing=()
for entry in "${packages[@]}"; do
  name=${entry%%|*}
  state=$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null || true)
  [ "$state" = installed ] && continue
  missing+=("$name")
  say "needs $name: ${entry#*|}"
done
if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi

as_root=()
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    say "cannot install without root or sudo. As root, run:"
    say "  apt-get install ${missing[*]}"
    exit 1
  fi
  as_root=(sudo)
fi
say "installing ${missing[*]}"
log=$(mktemp)
if ! { "${as_root[@]}" apt-get update -qq &&
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
  tail -30 "$log"
  say "the installation failed; what apt said at the end stands above, all of it in $log"
  exit 1
fi
rm -f "$log"
say "done"
