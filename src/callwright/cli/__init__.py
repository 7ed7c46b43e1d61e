"""The command line: `callwright demo`, `up`, and each process alone."""
