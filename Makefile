.PHONY: run test build release install check clients interop format update-fixtures

PREFIX ?= /usr/local

run: build ## Resumes a bundled thread and shows the request and the answer.
	@sed 's/^/> /' Fixtures/demo.jsonl; echo
	@CODEX_HOME=Fixtures/home .build/debug/reprise app-server < Fixtures/demo.jsonl \
	  | .build/debug/show

test:
	swift test

build:
	swift build

# Static and stripped: starts in half the time. Across modules: generic code is as fast as in one.
release: ## Places the executable at .build/release/reprise.
	swift build -c release --product reprise --static-swift-stdlib -Xlinker -s \
	  -Xswiftc -cross-module-optimization

install: release
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 .build/release/reprise $(DESTDIR)$(PREFIX)/bin/reprise

check: ## Everything that must hold before a change lands.
	swift format lint --strict --recursive Package.swift Sources Tests
	swift build --build-tests -Xswiftc -warnings-as-errors
	swift test -Xswiftc -warnings-as-errors

clients: release ## Clients that others wrote, on copies of stored homes; skips those not installed.
	python3 -B Tests/Clients/clients.py .build/release/reprise

interop: release ## This server and the original on one home; REAL_CODEX is the original's command.
	python3 -B Tests/Interop/interop.py .build/release/reprise

format:
	swift format --in-place --recursive Package.swift Sources Tests

update-fixtures: ## Rewrites the recorded answers; read the diff before committing it.
	UPDATE_FIXTURES=1 swift test
