#!/usr/bin/env bash
# Every check of the project. Called by `make test`, after the set-up.
set -euo pipefail
cd "$(dirname "$0")/.."
. .ci/env.sh

step() { printf '\n== %s\n' "$*"; }

step "format"
unformatted=$(gofmt -l cmd render scenes shaders sim 2>/dev/null || true)
if [ -n "$unformatted" ]; then
  echo "these files are not formatted (gofmt -w FILE):"
  echo "$unformatted"
  exit 1
fi

step "vet"
go vet ./...

# The packages without C code must build for the other systems too; the GPU
# ones must build for the browser, where they need no C.
plain=(./scenes ./shaders ./sim/export ./sim/layout ./sim/probe ./sim/ref ./sim/scene ./sim/seed ./sim/whole ./render/plot ./render/view)
browser=(./scenes ./shaders ./sim/... ./render/view ./render/pass)
for system in windows/amd64 darwin/arm64; do
  step "vet for $system"
  CGO_ENABLED=0 GOOS=${system%/*} GOARCH=${system#*/} go vet "${plain[@]}"
done
step "vet for js/wasm"
GOOS=js GOARCH=wasm go vet "${browser[@]}"

step "without the panel"
go vet -tags nopanel ./render/ui ./cmd/fluidsim

step "test"
# The reference pictures belong to the software driver, so every machine uses
# it here; name another driver in VK_ICD_FILENAMES to test that one instead.
if [ -z "${VK_ICD_FILENAMES:-}" ] && [ -z "${VK_DRIVER_FILES:-}" ]; then
  for file in /usr/share/vulkan/icd.d/lvp_icd*.json; do
    if [ -e "$file" ]; then
      export VK_ICD_FILENAMES=$file VK_DRIVER_FILES=$file
      break
    fi
  done
fi
tests=(go test -timeout 20m -p "${TEST_JOBS:-1}" ./...)
if [ "$(uname -s)" = Linux ]; then
  # A display of our own, so that no window lands on yours.
  display=(xvfb-run -a -s "-screen 0 1600x1200x24 -nolisten tcp")
  "${display[@]}" go test -tags nopanel -run 'TestWithoutPanel|TestImportDirection|TestReadme' ./cmd/fluidsim
  exec "${display[@]}" "${tests[@]}"
fi
exec "${tests[@]}"
