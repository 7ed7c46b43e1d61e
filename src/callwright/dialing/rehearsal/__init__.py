"""A dry run: a task called through in simulated time, by the rules that call it in earnest."""
