"""Whom a crowd is in the customer book: every value that the script tells apart occurs among them."""

from collections.abc import Iterator, Mapping
from random import Random

from callwright.dialogue.graph import Condition, Script
from callwright.dialogue.rules import Test, When


def customer_of(script: Script, dice: Random) -> dict[str, str]:
    """Return a customer's variables: examples, what conditions ask for, and nothing where that may be."""
    tested = _tested(script)
    found = {}
    for variable in script.variables:
        usual = variable.example or variable.label
        choices = [usual, usual, *tested.get(variable.name, ())]
        found[variable.name] = dice.choice(choices if variable.required else [*choices, ""])
    return found


def _tested(script: Script) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for test in _tests(script):
        values = [*(test.one_of or ()), *(test.none_of or ())]
        values += [str(edge + step) for edge in (test.above, test.below) if edge is not None for step in (-1, 1)]
        found.setdefault(test.variable, []).extend(value for value in values if value)
    return found


def _tests(script: Script) -> Iterator[Test]:
    waiting = [case.when for node in script.nodes.values() if isinstance(node, Condition) for case in node.cases]
    waiting += [rule.when for rule in script.grades.rules]
    while waiting:
        when: When = waiting.pop()
        yield from when.where
        waiting.extend(when.any)
