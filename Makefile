.PHONY: help release install uninstall run build test check bench clients interop format \
  update-fixtures

PREFIX ?= /usr/local

# Where the optimised program is built, and whatever it is built anew for.
program = .build/release/reprise
sources = Package.swift Makefile $(shell find Sources -name '*.swift')

release: $(program) ## Builds the optimised program, .build/release/reprise; plain `make` does it too.

install: $(program) ## Puts the program into PREFIX/bin (/usr/local/bin); builds it only if need be.
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(program) "$(DESTDIR)$(PREFIX)/bin/reprise"

uninstall: ## Takes the program away from PREFIX/bin.
	rm -f "$(DESTDIR)$(PREFIX)/bin/reprise"

run: build ## Resumes a bundled thread and shows the request and the answer.
	@sed 's/^/> /' Fixtures/demo.jsonl; echo
	@CODEX_HOME=Fixtures/home .build/debug/reprise app-server < Fixtures/demo.jsonl \
	  | .build/debug/show

build: ## Builds everything for debugging.
	swift build

# Quiet: one line for all tests that pass, and everything about those that fail.
run_tests = swift test --quiet --disable-xctest

test: ## Passes the tests.
	$(run_tests)

check: ## Everything that must hold before a change lands.
	swift format lint --strict --recursive Package.swift Sources Tests
	$(run_tests) -Xswiftc -warnings-as-errors

# Static and stripped, C++'s library too, at a fixed address, and with no names for others to link
# to: what the dynamic linker did otherwise took longer than all the rest of the start. The price of
# the fixed address, a fifth of the start, is that the program's own code is not moved about in memory
# at random. Elsewhere than on Linux the linker has other options, and the system has Swift's libraries.
build_release = swift build -c release
ifeq ($(shell uname), Linux)
build_release += --static-swift-stdlib -Xlinker -s -Xlinker --no-export-dynamic \
  -Xlinker -L.build/static \
  -Xswiftc -Xclang-linker -Xswiftc -static-libgcc -Xswiftc -Xclang-linker -Xswiftc -no-pie
$(program) bench: | .build/static/libstdc++.a
endif

# The compiler leaves a program alone that comes out as it was: `touch` tells make that it is new.
$(program): $(sources)
	$(build_release) --product reprise
	touch $@

# In a folder of its own the linker takes it; beside the shared one it would take that.
.build/static/libstdc++.a:
	mkdir -p $(@D)
	ln -sf "$$(clang -print-file-name=libstdc++.a)" $@

bench: ## How fast each step is, in GB/s; OF=… measures a rollout or a home.
	$(build_release) --product bench
	.build/release/bench $(OF)

clients: $(program) ## Clients that others wrote, on copies of stored homes; skips those not installed.
	python3 -B Tests/Clients/clients.py $(program)

interop: $(program) ## This server and the original on one home; REAL_CODEX is the original's command.
	python3 -B Tests/Interop/interop.py $(program)

format: ## Lays out the Swift code as `make check` wants it.
	swift format --in-place --recursive Package.swift Sources Tests

update-fixtures: ## Rewrites the recorded answers; read the diff before committing it.
	UPDATE_FIXTURES=1 $(run_tests)

help: ## Lists the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile
