"""What the verbs of the Makefile run: one module for each, with a `run` function."""
