"""The real thing as `make run` starts it, in a folder of its own, for tests that break it or walk through it."""
