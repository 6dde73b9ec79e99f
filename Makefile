# Every target is an npm script; make is only a shorter way to say it.
.PHONY: demo demo-reset test

demo:
	@npm run --silent demo

demo-reset:
	@npm run --silent demo:reset

test:
	@npm test --silent
