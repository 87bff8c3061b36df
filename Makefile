.PHONY: run test build release install check bench clients interop format update-fixtures

PREFIX ?= /usr/local

run: build ## Resumes a bundled thread and shows the request and the answer.
	@sed 's/^/> /' Fixtures/demo.jsonl; echo
	@CODEX_HOME=Fixtures/home .build/debug/reprise app-server < Fixtures/demo.jsonl \
	  | .build/debug/show

test:
	swift test

build:
	swift build

# Static and stripped, C++'s library too, at a fixed address, and with no names for others to link
# to: what the dynamic linker did otherwise took longer than all the rest of the start. The price of
# the fixed address, a fifth of the start, is that the program's own code is not moved about in memory
# at random. Elsewhere than on Linux the linker has other options, and the system has Swift's libraries.
build_release = swift build -c release
ifeq ($(shell uname), Linux)
build_release += --static-swift-stdlib -Xlinker -s -Xlinker --no-export-dynamic \
  -Xlinker -L$(CURDIR)/.build/static \
  -Xswiftc -Xclang-linker -Xswiftc -static-libgcc -Xswiftc -Xclang-linker -Xswiftc -no-pie
release bench: .build/static/libstdc++.a
endif

release: ## Places the executable at .build/release/reprise.
	$(build_release) --product reprise

# In a folder of its own the linker takes it; beside the shared one it would take that.
.build/static/libstdc++.a:
	mkdir -p $(@D)
	ln -sf "$$(clang -print-file-name=libstdc++.a)" $@

install: release
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 .build/release/reprise $(DESTDIR)$(PREFIX)/bin/reprise

check: ## Everything that must hold before a change lands.
	swift format lint --strict --recursive Package.swift Sources Tests
	swift build --build-tests -Xswiftc -warnings-as-errors
	swift test -Xswiftc -warnings-as-errors

bench: ## How fast each step is, in GB/s; OF=… measures a rollout or a home.
	$(build_release) --product bench
	.build/release/bench $(OF)

clients: release ## Clients that others wrote, on copies of stored homes; skips those not installed.
	python3 -B Tests/Clients/clients.py .build/release/reprise

interop: release ## This server and the original on one home; REAL_CODEX is the original's command.
	python3 -B Tests/Interop/interop.py .build/release/reprise

format:
	swift format --in-place --recursive Package.swift Sources Tests

update-fixtures: ## Rewrites the recorded answers; read the diff before committing it.
	UPDATE_FIXTURES=1 swift test
