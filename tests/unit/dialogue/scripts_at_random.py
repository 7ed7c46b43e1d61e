"""Scripts drawn at random: every kind of node, flows, answers that lead on, both languages."""

from typing import Any

from hypothesis import strategies as st

from callwright.dialogue.graph import Script
from callwright.dialogue.loading import script_from

KNOWN = {"customer_name": "Bob"}
INTENTS = ["yes", "no", "stop", "what", "maybe"]
QUESTIONS = ["price", "place"]
KINDS = ["number", "phone", "date", "time", "moment", "name", "text"]


class _Drawing:
    """One script being drawn. Only nodes that listen lead back, so that none goes round in silence."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.names = [f"n{number}" for number in range(draw(st.integers(2, 12)))]
        self.flows = {f"flow_{name}": name for name in draw(st.lists(st.sampled_from(self.names), max_size=2))}

    def anything(self) -> str:
        return self.draw(st.sampled_from([*self.names, "bye", "removed"]))

    def later(self, place: int) -> str:
        return self.draw(st.sampled_from([*self.names[place + 1 :], "bye"]))

    def some(self, *choices: object) -> Any:
        return self.draw(st.sampled_from(choices))

    def branches(self) -> dict[str, str]:
        chosen = self.draw(st.lists(st.sampled_from([*INTENTS, *QUESTIONS]), max_size=3, unique=True))
        return {intent: self.anything() for intent in chosen}

    def when(self) -> dict[str, Any]:
        chosen: dict[str, Any] = self.some(
            {"met": "yes"},
            {"reached": "n0", "turns_at_least": 1},
            {"not_met": ["price"], "where": [{"variable": "customer_name", "is": "Bob"}]},
            {"any": [{"met": "no"}, {"not_reached": "n1"}]},
        )
        return chosen

    def node(self, place: int) -> dict[str, Any]:
        kinds = ["say", "ask", "listen", "branch", "collect", "condition"]
        later = [flow for flow, entry in self.flows.items() if entry in self.names[place + 1 :]]
        kind = self.draw(st.sampled_from([*kinds, "jump"] if later else kinds))
        match kind:
            case "say":
                return {"text": f"Say {place}.", "next": self.later(place), "kind": kind}
            case "ask":
                return {"text": f"Ask {place}?", "again": self.some([], ["A?", "B?"]), **self.listening(kind)}
            case "listen":
                return self.listening(kind)
            case "branch":
                to = {intent: self.later(place) for intent in ("yes", "price")}
                return {"kind": kind, "branches": to, "otherwise": self.later(place)}
            case "collect":
                return self.collect(place)
            case "condition":
                cases = [{"when": self.when(), "next": self.later(place)} for _ in range(2)]
                return {"kind": kind, "cases": cases, "otherwise": self.later(place)}
        return {"kind": kind, "to": self.draw(st.sampled_from(later))}

    def listening(self, kind: str) -> dict[str, Any]:
        keys = {self.some("1", "#", "0"): self.anything()} if self.some(True, False) else {}
        return {"kind": kind, "branches": self.branches(), "keys": keys, "otherwise": self.anything()}

    def collect(self, place: int) -> dict[str, Any]:
        node: dict[str, Any] = {
            "kind": "collect",
            "text": f"Which {place}?",
            "variable": f"v{place}",
            "next": self.later(place),
        }
        node |= {"what": self.some(*KINDS), "branches": self.branches()}
        if self.some(True, False):
            node["read_back"] = f"So {{v{place}}}?"
        if self.some(True, False):
            node["failed"] = self.anything()
        return node

    def question(self, answer: str) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "wordings": [answer],
            "answer": answer,
            "again": self.some([], [f"{answer} Really."]),
        }
        return asked | ({"next": self.anything()} if self.some(True, False) else {})

    def script(self) -> dict[str, Any]:
        nodes = {name: self.node(place) for place, name in enumerate(self.names)}
        hello = {"kind": "say", "text": "Hello {customer_name}, this is Acme.", "next": "n0", "barge_in": False}
        bye = {"kind": "hang_up", "text": "Goodbye."}
        nodes |= {"hello": hello, "bye": bye, "removed": bye | {"reason": "do_not_call"}}
        small = st.integers(1, 3)
        limits = {"give_up": "bye", "silences": self.draw(small), "not_understood": self.draw(small)}
        limits |= {"repeats": self.draw(small), "turns": self.draw(st.integers(1, 12))}
        return {
            "name": "Random",
            "language": self.some("en", "zh"),
            "company": "Acme",
            "caller": "Ann",
            "entry": "hello",
            "variables": [{"name": "customer_name", "label": "Name"}],
            "intents": {name: [name] for name in INTENTS},
            "knowledge": {name: self.question(f"The {name}.") for name in QUESTIONS},
            "nodes": nodes,
            "flows": {flow: {"label": flow, "entry": entry} for flow, entry in self.flows.items()},
            "anywhere": {"branches": {"stop": "removed"}, "keys": {"9": "removed"}, "repeat": ["what"]},
            "limits": limits | ({"stuck": self.anything()} if self.some(True, False) else {}),
            "grades": {
                "names": {"A": "Good", "B": "Bad"},
                "rules": [{"grade": "A", "because": "So", "when": self.when() | {"talk_at_least_s": 5}}],
                "default": {"grade": "B", "because": "Else"},
            },
        }


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Return a script whose connections all lead somewhere; it may have nodes that nothing leads to."""
    return script_from(_Drawing(draw).script())
