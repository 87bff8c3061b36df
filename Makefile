.PHONY: build release test check format update-fixtures

build:
	swift build

# Static and stripped: starts in half the time. Across modules: generic code is as fast as in one.
release: ## Places the executable at .build/release/reprise.
	swift build -c release --product reprise --static-swift-stdlib -Xlinker -s \
	  -Xswiftc -cross-module-optimization

test:
	swift test

check: ## Everything that must hold before a change lands.
	swift format lint --strict --recursive Package.swift Sources Tests
	swift build --build-tests -Xswiftc -warnings-as-errors
	swift test --skip-build

format:
	swift format --in-place --recursive Package.swift Sources Tests

update-fixtures: ## Rewrites the recorded answers; read the diff before committing it.
	UPDATE_FIXTURES=1 swift test --filter ExchangeTests
