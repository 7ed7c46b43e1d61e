"""Words that promise an advantage ("free", "guaranteed", 免费), dear to a company that never offered it."""

import re
from collections.abc import Iterator

_AT_LIBERTY = "on|to|at|in|for a (?:moment|minute|second)|now|then|today|this|next|any|after|before"
_OFFER = re.compile(
    rf"(?<!feel )\b(free(?! (?:{_AT_LIBERTY}))|complimentary|discounts?|discounted|guarantee[ds]?|warrant(?:y|ies)|"
    r"refunds?|refundable|insured|certified|licensed|unlimited|lifetime|bonus|gifts?|cashback|vouchers?|coupons?|"
    r"loans?|instal+ments?|stars?|prize|won|award|risk-free|no obligation|no charge|on the house|half price|"
    r"best price|cheaper|cures?|"
    r"proven|approved|organic|nationwide|worldwide|overnight)\b"
)
_DENIED = re.compile(
    r"\b(?:not|no|never|nothing|cannot|without|whether|if)\b|n't\b|\b(?:ask|asking|asked) (?:about|for|after)\b"
)
_ZH_OFFER = re.compile(
    "免费|不收费|便宜|五星|好评|不要钱|白送|赠送|赠品|送您|折扣|优惠|打折|特价|半价|保证|保修|质保|包退|包换|退款|全额退|认证|官方|授权|无限|终身|返现|"
    "红包|礼品|礼物|代金券|优惠券|抽奖|中奖|贷款|利息|免息|分期|治愈|根治|百分百|绝对安全|上门服务|包邮|加急"
)
_ZH_DENIED = re.compile("没有|没|不能|不敢|无法|不清楚|不知道|不确定|是否|有没有|不是|未")
_CLAUSE = re.compile(r"[,;:.!?，。；：！？]")


def offers_in(sentence: str) -> Iterator[str]:
    """Yield the words of ``sentence`` that offer an advantage, where it is not denied."""
    for clause in _CLAUSE.split(sentence.lower().replace("’", "'")):
        if not _DENIED.search(clause) or "no obligation" in clause or "no charge" in clause:
            yield from _OFFER.findall(clause)
        if not _ZH_DENIED.search(clause):
            yield from _ZH_OFFER.findall(clause)
