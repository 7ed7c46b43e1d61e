"""The words of warnings in chats, in English and Chinese. Pure.

They say what the application says of them (``ui/src/locales``), in one line or two.
"""

from collections.abc import Mapping
from typing import Any

from callwright.pushing.words import base_language, fitted
from callwright.warnings.schemas import WarningKind

MICROS = 1_000_000
TODAY = "0"

_WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        WarningKind.OUT_OF_CREDIT: (
            "“{name}” waits: out of credit",
            "It dials nobody until there is money again, and then goes on by itself.",
        ),
        WarningKind.LOW_BALANCE: (
            "The balance is {balance} {currency}",
            "That is under {threshold} {currency}. Tasks stop when it is used up.",
        ),
        WarningKind.LINE_FAULT: ("Line “{name}” is faulty", "{fault}."),
        WarningKind.NEARLY_DONE: ("“{name}”: 90% are done", "{done} of {customers} customers are done."),
        WarningKind.DONE: ("“{name}”: all customers are done", "{done} of {customers}."),
        WarningKind.WEBHOOK_GIVEN_UP: (
            "Webhook “{name}” was switched off",
            "Its address took nothing for three days. Mend it and switch it on again.",
        ),
        "ahead": (
            "{seats} AI seats expire on {day}",
            "Tasks need {needed} seats, more than are left without them.",
        ),
        "today": ("{seats} AI seats expire today", "Tasks need {needed} seats, more than are left without them."),
        "after": (
            "{seats} AI seats expired on {day}",
            "Tasks need {needed} seats, more than are left without them.",
        ),
    },
    "zh": {
        WarningKind.OUT_OF_CREDIT: ("“{name}”因欠费等待", "充值前不再外呼，充值后自动继续。"),
        WarningKind.LOW_BALANCE: (
            "余额为 {balance} {currency}",
            "低于 {threshold} {currency}。用完后任务会停止。",
        ),
        WarningKind.LINE_FAULT: ("线路“{name}”故障", "{fault}。"),
        WarningKind.NEARLY_DONE: ("“{name}”已完成 90%", "{customers} 位客户中已完成 {done} 位。"),
        WarningKind.DONE: ("“{name}”已全部完成", "{done} / {customers}。"),
        WarningKind.WEBHOOK_GIVEN_UP: (
            "Webhook“{name}”已停用",
            "其地址连续三天未接收任何内容。请修复后重新启用。",
        ),
        "ahead": ("{seats} 个 AI 坐席将于 {day} 到期", "任务共需 {needed} 个坐席，到期后将不够。"),
        "today": ("{seats} 个 AI 坐席今天到期", "任务共需 {needed} 个坐席，到期后将不够。"),
        "after": ("{seats} 个 AI 坐席已于 {day} 到期", "任务共需 {needed} 个坐席，已不够。"),
    },
}
_FAULTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "not_connecting": "50 calls in a row were not connected",
        "connect_rate_fell": "Hardly anyone has been reached for a while",
    },
    "zh": {"not_connecting": "连续 50 次呼叫未接通", "connect_rate_fell": "一段时间以来接通率骤降"},
}


def of_warning(kind: str, stage: str, details: Mapping[str, Any], language: str) -> str:
    """Return what is told of a warning."""
    return fitted(lines_of(kind, stage, details, language))


def lines_of(kind: str, stage: str, details: Mapping[str, Any], language: str) -> list[str]:
    """Return what is told of a warning: what it is, and what it means."""
    of = base_language(language)
    named = _WORDS[of].get(_stage(stage) if kind == WarningKind.SEAT_EXPIRY else kind)
    if named is None:
        return [kind]
    title, more = named
    values = _Values({**details, **_shown(details, _FAULTS[of])})
    return [title.format_map(values), more.format_map(values)]


class _Values(dict[str, Any]):
    """What words about a warning need; what a former version of the program did not note is left open."""

    def __missing__(self, key: str) -> str:
        return "?"


def _stage(stage: str) -> str:
    if stage == TODAY:
        return "today"
    return "after" if stage.startswith("-") else "ahead"


def _shown(details: Mapping[str, Any], faults: Mapping[str, str]) -> dict[str, str]:
    shown = {
        name: f"{details[name] / MICROS:,.2f}"
        for name in ("balance", "threshold")
        if isinstance(details.get(name), int | float)
    }
    if "expires_at" in details:
        shown["day"] = str(details["expires_at"])[:10]
    if "fault" in details:
        shown["fault"] = faults.get(str(details["fault"]), str(details["fault"]))
    return shown
