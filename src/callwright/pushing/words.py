"""The words of what people are told in their chats, in English and Chinese. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from callwright.channels.wechat.forms import Part

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
        "barred_short": "DON'T CALL, grade {grade}",
        "test": "This chat is bound.",
        "tested": "Callwright tells you here what you are to know.",
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
        "barred_short": "请勿致电，{grade} 级",
        "test": "聊天已绑定。",
        "tested": "Callwright 会在这里通知您需要知道的事情。",
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


def of_test(language: str) -> list[str]:
    """Return what is told when somebody tries a chat: what it is, and what it means."""
    return [_of(language)["test"], _of(language)["tested"]]


def call_parts(told: ToldCall, language: str, *, grade: str, at: datetime) -> dict[str, str]:
    """Return what is told of a call as parts of a form; ``at`` is when it was, as clocks show it there."""
    words = _of(language)
    values = [words["value"].format(label=label, value=value) for label, value in told.values.items()]
    return {
        # Whichever places a template has, nobody may be called who must not be.
        Part.TITLE: words["barred_short" if told.barred else "call"].format(grade=told.grade),
        Part.NAME: told.name,
        Part.PHONE: "" if told.barred else told.phone,
        Part.GRADE: grade,
        Part.TASK: told.task,
        Part.WHY: words["between"].join(rule for rule, _ in told.reasons),
        Part.CONCERNS: words["between"].join(told.concerns),
        Part.DETAILS: words["barred"] if told.barred else words["between"].join(values),
        Part.TIME: shown_time(at),
    }


def notice_parts(lines: Sequence[str], at: datetime) -> dict[str, str]:
    """Return the lines of what tells of no customer as parts of a form."""
    title, *more = lines
    return {Part.TITLE: title, Part.DETAILS: " ".join(more) or title, Part.TIME: shown_time(at)}


def shown_time(at: datetime) -> str:
    """Return a moment in the form that WeChat takes."""
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


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
    return _WORDS[base_language(language)]


def base_language(language: str) -> str:
    """Return in which of the two that there are words somebody reads, who reads ``zh-CN`` or the like."""
    base = language.partition("-")[0]
    return base if base in _WORDS else "en"
