"""The project's own evaluation: cases, scorers, one runner, benchmarks, and a dated log of what did not work."""
