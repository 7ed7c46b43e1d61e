"""Text messages that the model has sent: how it is told what became of one, and what may then be said of it."""

import re
from collections.abc import Sequence

from callwright.dialogue.messages import MessageTold, Outcome

TOLD: dict[Outcome, str] = {
    "sent": "sent: the network has taken the text message",
    "held": "held: text messages may not leave at this hour. It will be sent when they may; say so",
    "failed": "refused: the text message is not sent and can't be; don't say that it was or will be",
}
UNKNOWN = "not known yet whether the text message could be sent"
NOT_DONE = "not done: the customer spoke"

_IS_SENT = ("sent", "texted", "发")
_WILL_BE = "send text 发送 发"
_OF_A_MESSAGE = re.compile(r"\btext(?:ed|s)?\b|\bmessages?\b|\bsms\b|\bsent (?:it|that|this|them)\b|短信|信息|消息")
_OF_ANOTHER = re.compile(
    r"\be-?mail|\bmail(?:ed|s)?\b|\bletters?\b|\bpost(?:ed)?\b|\bparcels?\b|\bpackages?\b|\brefund|\bmoney\b|"
    r"\bpayments?\b|\binvoices?\b|\bcontracts?\b|\boffers?\b|\bquotes?\b|\bmechanic|\bsomeone\b|\bsomebody\b|"
    r"邮件|邮寄|快递|退款|付款|合同|发票|报价|包裹"
)
_PERSON = (
    r"(?:manager|colleague|co-worker|boss|supervisor|assistant|team|staff|office|department|technician|engineer|"
    r"mechanic|driver|doctor|partner|husband|wife|mother|father|son|daughter|friend|neighbou?r|customer)s?"
)
_TO_ANOTHER = re.compile(
    rf"\b(?:our|my|his|her|their|your|the|an?)\s+(?:\w+\s+)?{_PERSON}\b(?!['’]s)|"
    r"\btexted\s+(?!you\b|it\b|that\b|this\b|the\b)\w|\btext(?:ing)?\s+(?:our|my|his|her|him|their|them|every\w+)\b|"
    r"\bsen[dt](?:ing)?\s+(?:him|her|our|my|every\w+)\b|"
    r"\b(?:text|messages?|sms|it)\s+to\s+(?!you\b|your\b|(?:the|this|that)\s+(?:\w+\s+)?(?:number|phone)\b)|"
    r"\b(?!you\b)\w+\s+(?:was|were|has been|have been)\s+sent\s+(?:an?|the|this)\s+(?:text|message|sms)\b|"
    r"[给向](?![了到]?[您你])|[给向][了到]?[您你]的(?!手机|号码|电话)"
)
"""That it goes to somebody else. A sentence too many is rather held back than one too few."""


def done_by(told: Sequence[MessageTold], sentence: str) -> tuple[str, ...]:
    """Return the words of accomplishment that ``sentence`` may have because a text message was sent: none where it
    speaks of anything else that can be sent, or of anybody else to whom."""
    sent = any(one.outcome == "sent" for one in told)
    return _IS_SENT if sent and _speaks_of_messages(sentence) else ()


def promised_by(told: Sequence[MessageTold], sentence: str) -> str:
    """Return the words with which ``sentence`` may promise what is held or under way."""
    coming = any(one.outcome != "failed" for one in told)
    return _WILL_BE if coming and _speaks_of_messages(sentence) else ""


def _speaks_of_messages(sentence: str) -> bool:
    lowered = sentence.lower()
    of_another = _OF_ANOTHER.search(lowered) or _TO_ANOTHER.search(lowered)
    return bool(_OF_A_MESSAGE.search(lowered)) and not of_another
