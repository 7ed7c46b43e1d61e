"""Dialogue engine 2.0: a language model speaks, held to the script's goal, facts, guard rails and tools."""
