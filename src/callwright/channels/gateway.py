"""The message channel over a gateway's HTTP, as a :class:`GatewayTemplate` describes it."""

import asyncio
import json
import re
from typing import Any

from callwright.channels.gateway_template import AnswerRule, GatewayTemplate, read_content, value_at
from callwright.channels.http import Answer, GuardedHttp
from callwright.channels.port import Fate, Incoming, OutgoingMessage, Receipt, Reply, Submitted, Take

DETAIL = 200


class GatewayChannel:
    """Hands messages to one gateway. What it tells comes by callback: :func:`told_by`."""

    def __init__(self, template: GatewayTemplate, secret: str, http: GuardedHttp) -> None:
        self.trouble = ""
        self._template = template
        self._secret = secret
        self._http = http

    @property
    def ready(self) -> bool:
        """Always: only asking shows whether a gateway is there."""
        return True

    async def submit(self, message: OutgoingMessage) -> Submitted:
        """Ask the gateway once."""
        url, headers, body = self._template.request(
            {
                "recipient": message.recipient,
                "recipient_digits": message.recipient.removeprefix("+"),
                "sender": message.sender,
                "text": "".join(message.text.parts),
                "id": str(message.id),
                "secret": self._secret,
            }
        )
        answer = await self._http.request(self._template.method, url, body, headers)
        self.trouble = "" if answer.connected else "not_connected"
        return _submitted(self._template, answer, _said(answer.text, self._secret))

    async def run(self, _take: Take) -> None:
        """Wait: there is nothing to keep open."""
        await asyncio.Event().wait()


def told_by(template: GatewayTemplate, body: str) -> list[Incoming]:
    """Return what a callback tells; JSON may hold several in a list."""
    content = read_content(body)
    found = [_told(template, one) for one in (content if isinstance(content, list) else [content])]
    return [one for one in found if one is not None]


def _told(template: GatewayTemplate, content: Any) -> Incoming | None:
    receipt, reply = template.receipt, template.reply
    if receipt is not None:
        network_id, state = value_at(receipt.id_path, content), value_at(receipt.state_path, content)
        if network_id and state in receipt.delivered:
            return Receipt(network_id, delivered=True)
        if network_id and state in receipt.failed:
            return Receipt(network_id, delivered=False, detail=state or "")
    if reply is not None:
        sender, text = value_at(reply.sender_path, content), value_at(reply.text_path, content)
        if sender and text is not None:
            return Reply(sender, value_at(reply.recipient_path, content) or "", text)
    return None


def _submitted(template: GatewayTemplate, answer: Answer, detail: str) -> Submitted:
    rule = template.answer
    if answer.status is None:
        fate = Fate.UNKNOWN if answer.connected else Fate.LATER
        why = "unanswered" if answer.connected else "not_connected"
        return Submitted(fate, why=why, detail=str(answer.failure or ""))
    content = read_content(answer.text)
    said = value_at(rule.path, content) if rule.path else None
    if answer.status in rule.busy_status or (said is not None and said in rule.busy_values):
        return Submitted(Fate.LATER, why="network_busy", detail=detail)
    if answer.status not in rule.status:
        # A server that failed may have sent it before it did.
        failed = answer.status >= 500 or 300 <= answer.status < 400
        return (
            Submitted(Fate.UNKNOWN, why="unanswered", detail=f"HTTP {answer.status}")
            if failed
            else Submitted(Fate.REFUSED, why="network_refused", detail=f"HTTP {answer.status} {detail}")
        )
    if rule.path and said is None:
        return Submitted(Fate.UNKNOWN, why="unanswered", detail=detail)
    if (rule.path and said not in rule.values) or not _begins(rule, answer.text):
        return Submitted(Fate.REFUSED, why="network_refused", detail=detail)
    named = value_at(rule.id_path, content) if rule.id_path else None
    return Submitted(Fate.ACCEPTED, (named,) if named else ())


def _begins(rule: AnswerRule, text: str) -> bool:
    return not rule.begins or text.lstrip().startswith(rule.begins)


def _said(text: str, secret: str) -> str:
    """Return what a gateway said, as far as it is kept: some say the whole request again, with the key in it."""
    if secret:
        text = re.sub("".join(map(_written, secret)), "…", text)
    return text[:DETAIL]


def _written(sign: str) -> str:
    """Return a pattern of what a sign of a key may be written as: as it is, in an address or a form, or in JSON."""
    units = sign.encode("utf-16-be", "surrogatepass").hex()
    in_address = "".join(f"%{byte:02x}" for byte in sign.encode(errors="surrogatepass"))
    in_json = "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
    escaped = f"(?i:{re.escape(in_address)}|{re.escape(in_json)})"
    as_it_is = {sign, json.dumps(sign, ensure_ascii=False)[1:-1], {"/": "\\/", " ": "+"}.get(sign, sign)}
    return f"(?:{'|'.join(map(re.escape, as_it_is))}|{escaped})"
