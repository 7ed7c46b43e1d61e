"""Sentences that say something was done, will be done, or who is speaking: what takes more than a model's word."""

import re
from collections.abc import Collection

from callwright.dialogue.model.deeds import bears_out, deeds_in, tells_a_deed

_DONE = (
    r"booked|scheduled|reserved|sent|e-?mailed|texted|paid|charged|refunded|cancell?ed|transferr?ed|confirmed|"
    r"registered|enrolled|ordered|placed|shipped|delivered|updated|arranged|removed|signed (?:you )?up|"
    r"put (?:you|it|your name) (?:down|through)|all set|taken care of"
)
_TO_DO = (
    r"send|book|schedule|e-?mail|text|call|ring|transfer|connect|put|refund|cancel|arrange|ship|deliver|order|pay"
)
_CLAIM = re.compile(rf"\b({_DONE})\b")
_OWN_CLAIM = re.compile(
    r"(?<!shall )(?<!should )(?<!could )(?<!can )(?<!may )"
    rf"\b(?:i|we)(?:'ve| have|'d| had)?(?: \w+){{0,2}} ({_DONE})\b"
)
_DENIED = re.compile(rf"(?:\bnot|n't|\bnothing|\bnever)(?: \w+){{0,3}} (?:{_DONE})$")
_ASKED = re.compile(
    r"\b(?:would you|do you want|shall (?:i|we)|could (?:i|we|you)|should (?:i|we)|can (?:i|we)|if you)\b"
)
_PROMISE = re.compile(
    rf"\b(?:i|we|someone|somebody|he|she|they|(?:a|my|our) (?:colleague|team|manager))"
    rf"(?:'ll| will|'m going to| am going to|'re going to| are going to)(?: \w+){{0,2}} ({_TO_DO})\b"
)
_CLAUSE = re.compile(r"[,;:.!?–—]")
_PERSON = re.compile(r"\bi(?:'m| am)(?: an?)?(?: real| actual)? (?:human|person)\b|\bi(?:'m| am) real\b")
_NO_MACHINE = re.compile(r"\b(?:i'm|i am) not (?:an? )?(?:robot|bot|machine|ai|computer)\b")

_ZH_WHAT = r"预约|预订|安排|登记|发送|发|付款|支付|退款|退|取消|转接|下单|确认|办理|报名"
_ZH_CLAIM = re.compile(
    rf"(?:帮您|给您|为您)[^，。！？]{{0,6}}?(?:{_ZH_WHAT})(?:好|了|成功|完)|"
    rf"已经?[^，。！？]{{0,6}}?(?:{_ZH_WHAT})|(?:约|订|办|搞|安排|登记|预约|预订)(?:好|定|妥|成功)了"
)
_ZH_PROMISE = re.compile(
    rf"(?:我|我们|同事|专员|经理)[^，。！？]{{0,4}}(?:会|马上|这就|稍后|将)[^，。！？]{{0,6}}?({_ZH_WHAT}|打给|回电|联系)"
)
_ZH_DENIED = re.compile(r"[没未不]|吗|如果|要是|可以|需要|是否|要不要")
_ZH_PERSON = re.compile(r"我(?:就)?是(?:真人|人工(?!智能)|一个人)|我不是(?:机器|AI|ai|人工智能|智能)")
_ZH_CLAUSE = re.compile(r"[，。！；,.!;]")


def says_done(sentence: str, receipts: Collection[str], told: str) -> bool:
    """Say whether ``sentence`` claims something done without a receipt.

    ``receipts`` are words of accomplishment that are true now. What stands in ``told`` (the author's facts, in
    small letters) may be said of the past ("it was delivered"), yet never as our own deed ("I have sent it").
    """
    if any(_zh_says_done(clause, receipts) for clause in _ZH_CLAUSE.split(sentence)):
        return True
    lowered = _plain(sentence)
    done = tuple(receipt.lower() for receipt in receipts)
    if any(not bears_out(done, deed) for deed in deeds_in(lowered)):
        return True
    own = {found.end() for found in _OWN_CLAIM.finditer(lowered)}
    return any(_is_unfounded(claim, done, told, own=claim.end() in own) for claim in _CLAIM.finditer(lowered))


def _is_unfounded(claim: re.Match[str], receipts: Collection[str], told: str, *, own: bool) -> bool:
    before = claim.string[: claim.start()]
    if _DENIED.search(before + claim[0]) or (not own and _ASKED.search(_CLAUSE.split(before)[-1])):
        return False
    backed = any(claim[1] in receipt for receipt in receipts)
    return not backed and (own or not _stands_in(claim[1], told))


def promises(sentence: str, told: str) -> bool:
    """Say whether ``sentence`` promises that somebody will do something of which the author doesn't speak."""
    lowered = _plain(sentence)
    promised = _PROMISE.search(lowered)
    if promised is not None and not re.search(r"(?:'ll|will|going to) (?:not|never)\b", lowered):
        return not _stands_in(promised[1], told)
    found = _ZH_PROMISE.search(sentence)
    return found is not None and not _ZH_DENIED.search(found[0]) and found[1] not in told


def claims_to_be_human(sentence: str) -> bool:
    """Say whether the speaker of ``sentence`` says that they are a person, or no machine."""
    lowered = _plain(sentence)
    return bool(_PERSON.search(lowered) or _NO_MACHINE.search(lowered) or _ZH_PERSON.search(sentence))


def _zh_says_done(clause: str, receipts: Collection[str]) -> bool:
    if not (_ZH_CLAIM.search(clause) or tells_a_deed(clause)) or _ZH_DENIED.search(clause):
        return False
    return not any(receipt in clause for receipt in receipts if not receipt.isascii())


def _stands_in(word: str, told: str) -> bool:
    return re.search(rf"\b{re.escape(word)}", told) is not None


def _plain(sentence: str) -> str:
    return " ".join(sentence.lower().replace("’", "'").split())
