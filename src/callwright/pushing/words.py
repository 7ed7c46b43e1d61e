"""The words of what people are told in their chats, in English and Chinese. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MOST_BYTES = 1900
"""The least that any kind of chat takes is 2,048 bytes of UTF-8 (WeCom)."""
MOST_LINE = 200
CUT = "…"


@dataclass(frozen=True, slots=True)
class ToldCall:
    """A call as somebody is told of it: ``reasons`` are rules with what was said, ``values`` go by their labels."""

    name: str
    phone: str
    task: str
    grade: str
    reasons: Sequence[tuple[str, str]] = ()
    concerns: Sequence[str] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    talk_s: int = 0
    barred: bool = False
    """Nobody may call them, as when they said so in this very call."""
    link: str = ""


_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "call": "Customer of grade {grade}",
        "who": "{name}, {phone}",
        "barred": "On the do-not-call list: don't call them.",
        "task": "Task: {task}",
        "why": "Why: {rule}",
        "quoted": "Why: {rule}: “{quote}”",
        "concerns": "Asked about: {concerns}",
        "between": ", ",
        "value": "{label}: {value}",
        "talked": "Talked for {minutes}:{seconds:02}",
        "link": "The call: {link}",
        "test": "This chat is bound. Callwright tells you here what you are to know.",
    },
    "zh": {
        "call": "{grade} 级意向客户",
        "who": "{name}，{phone}",
        "barred": "在免打扰名单上：请勿致电。",
        "task": "任务：{task}",
        "why": "原因：{rule}",
        "quoted": "原因：{rule}：“{quote}”",
        "concerns": "关注点：{concerns}",
        "between": "、",
        "value": "{label}：{value}",
        "talked": "通话时长 {minutes}:{seconds:02}",
        "link": "通话详情：{link}",
        "test": "聊天已绑定。Callwright 会在这里通知您需要知道的事情。",
    },
}


def of_call(told: ToldCall, language: str) -> str:
    """Return what is told of a call."""
    words = _of(language)
    lines = [
        words["call"].format(grade=told.grade),
        words["who"].format(name=told.name, phone=told.phone) if told.name else told.phone,
        *([words["barred"]] if told.barred else []),
        words["task"].format(task=told.task),
        *(words["quoted" if quote else "why"].format(rule=rule, quote=quote) for rule, quote in told.reasons),
    ]
    if told.concerns:
        lines.append(words["concerns"].format(concerns=words["between"].join(told.concerns)))
    lines += [words["value"].format(label=label, value=value) for label, value in told.values.items()]
    if told.talk_s:
        lines.append(words["talked"].format(minutes=told.talk_s // 60, seconds=told.talk_s % 60))
    return fitted(lines, words["link"].format(link=told.link) if told.link else "")


def of_test(language: str) -> str:
    """Return what is told when somebody tries a chat."""
    return _of(language)["test"]


def fitted(lines: Sequence[str], last: str = "") -> str:
    """Return lines as one text that every kind of chat takes, ``last`` always in it.

    Nothing within a line begins another one, whatever a customer said.
    """
    kept: list[str] = []
    room = MOST_BYTES - len(last.encode()) - len(f"\n{CUT}\n".encode())
    for line in lines:
        plain = " ".join(line.split())
        plain = plain if len(plain) <= MOST_LINE else plain[: MOST_LINE - 1] + CUT
        room -= len(plain.encode()) + 1
        if room < 0:
            kept.append(CUT)
            break
        kept.append(plain)
    return "\n".join([*kept, last] if last else kept)


def _of(language: str) -> Mapping[str, str]:
    return _WORDS.get(language, _WORDS["en"])
