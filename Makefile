# make run     install what is missing, build, and show the default scene
# make test    install what is missing and run every check and test
# make build   only build, into build/fluidsim
# make setup   only install what is missing
# make clean   remove what was built

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.PHONY: run test build setup clean

run:
	@bash .ci/setup.sh run
	@$(MAKE) --no-print-directory build
	@bash .ci/play.sh

test:
	@bash .ci/setup.sh test
	@bash .ci/test.sh

# No -trimpath: the library of the panel takes minutes to compile, and would have to be
# compiled once more for the tests, which do without.
build:
	@mkdir -p build
	go build -buildvcs=false -ldflags "-X main.version=$(VERSION)" -o build/ ./cmd/fluidsim

setup:
	@bash .ci/setup.sh test

clean:
	rm -rf build
