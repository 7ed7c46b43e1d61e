"""How large a script may be, for whoever writes, keeps, sends or learns it."""

MOST_CHARACTERS = 1024 * 1024
"""Of a script as YAML: some 3,500 questions with their answers. Reading that takes a second."""

MOST_EXAMPLES = 6_000
"""Sentences that teach the intents and questions of one script.

The classifier learns so many within a minute or two, in less than a gigabyte.
"""
