"""Plain statements about the company, its things and what the customer may do: they need words of the author's.

A sentence says such a thing by how it begins ("we deliver", "you can pay", "there is", 我们, 您可以) or by what
it is about (law, health). Whatever of it is no small change of conversation has to stand in what the author wrote.
Questions, denials and conditions state nothing.
"""

import re
from collections.abc import Collection
from functools import cached_property

from callwright.dialogue.model.figures import DAYS_AND_MONTHS
from callwright.dialogue.model.questions import asks, opens_a_question

_DEED = (
    r"accept|borrow|bring|buy|call|cancel|charge|check|claim|clean|close|collect|come|cover|deliver|do|drop|exchange|fetch|fix|"
    r"get|give|handle|have|hire|hold|include|install|insure|keep|lend|leave|make|offer|open|order|park|pay|pick|post|prepare|"
    r"protect|provide|receive|refund|renew|rent|repair|replace|return|sell|send|serve|share|ship|speak|start|stay|stock|store|"
    r"support|swap|teach|test|train|treat|use|wear|work"
)
_ADVERBS = r"(?:(?:also|always|never|only|even|just|usually|now|already|still|both|all|\w+ly) )*"
_MODAL = r"(?:can|could|may|might|will|would|must|should|have to|need to|do|ll|'ll)"
_SUBJECT = re.compile(
    r"^(?:(?:and|but|so|then|well|yes|oh|also|sure|now|here|of course|in fact|by the way) )*"
    rf"(?:(?:we|they|he|she|it|this|that)(?: {_MODAL}|'ll)? {_ADVERBS}(?:{_DEED})(?:s|es|d|ed)?\b|"
    r"(?:it|this|that) (?:also |always |even |only )?(?:has|comes|works with|runs on|includes?|lasts|"
    r"contains|saves|prevents)\b|"
    r"there(?:'s| is| are)\b|"
    r"(?:our|the|your) \w+(?: \w+)? (?:has|have|includes?|offers?|speaks?|comes?|closes?|opens?|works?|lasts?|"
    r"will|(?:is|are|was|were) (?:\w+ )?\w+(?:ed|en))\b(?! been)|"
    rf"you(?: {_MODAL}|'ll) {_ADVERBS}(?:{_DEED})\b|"
    r"you (?:get|receive|are (?:\w+ )?(?:required|entitled|allowed|obliged|insured|covered|protected))\b)"
)
_TOPIC = re.compile(
    r"\b(?:law|legal\w*|illegal|liab\w+|contract|binding|sue|oblig\w+|entitled|doctor|medic\w+|disease|illness|pain\w*|"
    r"health\w*|heart|treatment|heals?|symptoms?|diagnos\w+|side effects?|dangerous|harmless|safe|safely|safety|"
    r"allerg\w+)\b"
)
_MOOT = re.compile(
    r"\b(?:not|no|never|nothing|nobody|cannot|without|whether|if|unless)\b|n't\b|"
    r"\b(?:would|may|shall|can|could) (?:we|i)\b|^(?:let|please|thank)"
)
_DENIES_NOTHING = re.compile(
    r"\b(?:in no time|no matter (?:what|when|where|how|who|which)|no doubt|no problem|not only|with no trouble)\b"
)
"""Set phrases in which a "no" or "not" is no denial."""
_LEAD_IN = re.compile(
    r"^(?:(?:and|but|so|well|yes|oh|sure|great|good news|great news|fine|okay|look|listen) )*"
    r"(?:(?:do |did )?you(?: \w+ly)? (?:know|knew|see|understand)|(?:have )?you(?:'ve)? heard|"
    r"(?:are )?you(?:'re)? aware|(?:i|we)(?: can| do| must)? (?:think|believe|guess|suppose|know|assure you|"
    r"tell you|say|confirm|promise(?: you)?|mention)|i'm (?:sure|certain|glad|happy)(?: to say| to tell you)?|"
    r"as you know|of course|in fact|actually)(?: that)? "
)
_CLAUSE = re.compile(
    r"[,;:.!?()\[\]\"“”–—]+| - | (?:but|because|so that|while|when|which|who) | (?=(?:if|unless|whether) )"
)
_WORD = re.compile(r"[a-z]+")
_ENDING = re.compile(r"(?:ing|ed|es|s|d|e|ly)$")

_SMALL_CHANGE = frozenset(
    re.findall(
        r"\w+",
        """
    a an the and or but so then than as at by for from in into of off on onto out over to under up down with
    about after before during until till since through around between i me my mine we us our ours you your
    yours he him his she her it its they them their this that these those there here who which what when
    where why how all any both each every everything everyone everybody something anything someone some such
    other another many much more most few little less least lot bit own same one ones be am is are was were
    been being do does did done have has had having can could may might must shall should will would ll ve
    re s d m t get gets got let lets go goes going gone come comes came take takes took make makes made give
    gives gave keep keeps say says said tell tells told ask asks asked talk speak know knows knew think
    thinks thought see sees saw hear hears heard look looks find finds found feel feels want wants wanted
    like likes liked need needs needed hope hopes wish wonder wondering understand understood mean means
    meant try tries help helps explain call calls called calling mention suit suits choose decide start
    begin wait stop sound sounds seem seems matter matters depend depends belong yes okay ok well right sure
    fine good better best great nice lovely kind happy glad pleased sorry afraid welcome clear easy hard
    simple short long quick busy free ready important interesting useful worth fair true wrong bad pity
    shame perfect wonderful fantastic excellent idea question questions answer word words reason point thing
    things way case time moment minute day days now today later soon again also always often sometimes
    usually just only even still yet already really very quite rather too enough perhaps maybe probably
    course certainly absolutely totally perfectly especially exactly simply actually person people name
    customer hello thanks thank please hurry problem trouble worry fun pleasure choice whole first next last
    plan able step pick itself talked talking settle calendar voice forward picked meeting sense weather
    timing valuable value feedback tricky annoying frustrating exciting curious interested concern concerns
    love enjoy remind reminder change changes mind prefer prefers hand hands plenty conversation chat
    recorded record appreciate patience patient different difference example instance opinion opinions
    thoughts view deserve deserves attention pressure friendly contact contacted reach respect decision
    option options detail details information note notes noted repeat confirm confirmed check back phone
    morning afternoon evening week month year spring summer autumn winter family work job part side end rest
    sort sign heart deal bother bothered disturb interrupt delighted grateful proud surprised natural normal
    common usual typical possible impossible necessary helpful convenient comfortable honest open close
    further along together alone apart away far near high low big old young late early real general
    particular specific certain similar total main single somebody anybody learn read write hold set put
    bring brings brought turn move leave left meet met agree agreed accept happen happens happened expect
    join stay live pass follow add show care everywhere anywhere somewhere nowhere anytime whenever whatever
    """,
    )
)

_ZH_SUBJECT = re.compile(
    "^(?:那|好的|好|是的|对|其实|另外|而且|还有|当然|不过|所以)*"
    "(?:我们|咱们|本店|小店|店|门口|公司|员工|他们|它|您的|您(?:还|也|就)?(?:可以|能|必须|需要|会|有权|得)|可以|能|会|有|包括|提供|.{1,5}(?:包括|包含|会|可以))"
)
_ZH_TOPIC = re.compile("法律|规定|有权|责任|合同|违法|医生|疾病|[疼痛]|治|药|安全|危险|健康|副作用|心脏|血压|过敏")
_ZH_MOOT = re.compile("[没未不别]|吗|呢|吧|如果|要是|是否|无法|请|哪|什么")
_ZH_TAG = re.compile("[，,]?(?:对吧|对吗|对不对|是吧|是吗|是不是|没错吧|知道吗|知道吧|明白吗)[？?。]*$")
_ZH_LEAD_IN = re.compile("^(?:您|你)?(?:也|应该|可能|肯定)?(?:知道|听说)(?:吗|吧)?(?=我们|咱们|本店|公司)(.*?)吗?$")
_ZH_CLAUSE = re.compile(r"[，。！？；：、,.!?;:\s]+")
_ZH_SMALL_CHANGE = re.compile(
    "我们|咱们|他们|您们|我|您|你|它|这个|那个|这|那|方便的|方便|日子|时候|时间|现在|今天|刚才|马上|一下|一会儿|一点|一个|一些|几个|"
    "什么|随时|慢慢|清楚|明白|知道|理解|了解|考虑|想法|问题|主意|意思|高兴|期待|开心|开始|抱歉|谢谢|感谢|打扰|耽误|介绍|说明|解释|"
    "告诉|联系|电话|可以|需要|必须|应该|能够|能|会|要|想|愿意|希望|觉得|选择|选|决定|帮忙|帮|给|跟|和|与|对|在|从|到|去|来|找|问|说|"
    "听|看|做|叫|记下|是|有|就|也|还|都|只|很|太|非常|更|最|好的|好|行|对|的|了|着|过|得|地|吧|呢|啊|呀|嘛|关于|专门|其实|另外|而且|"
    "当然|不过|所以|因为|多|少|先|再|又|才|刚|先生|女士|公司|店里|店|位|个|次|天|事|话|朋友|客户|上|下|里|中"
)
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_SUPPORTED = 0.5
"""So many of a run's pairs of characters have to stand in what the author wrote."""


class Support:
    """What bears statements out: ``told`` is all that the author wrote of the call's matter, in small letters."""

    def __init__(self, told: str) -> None:
        self._told = told

    def lacks(self, sentence: str) -> bool:
        """Say whether ``sentence`` states something in words of which the author has none."""
        lowered = " ".join(sentence.lower().split())
        question = asks(sentence)
        clauses = [_LEAD_IN.sub("", clause.strip()) for clause in _CLAUSE.split(lowered)]
        if any(self._lacks_english(one) for one in clauses if not (question and opens_a_question(one))):
            return True
        stated = [clause for clause in _ZH_CLAUSE.split(_ZH_TAG.sub("", sentence)) if clause]
        stated = stated[:-1] if question else stated
        return any(self._lacks_chinese(_ZH_LEAD_IN.sub(r"\1", clause)) for clause in stated)

    def _lacks_english(self, clause: str) -> bool:
        clause = " ".join(_DENIES_NOTHING.sub(" ", clause).split())
        if _MOOT.search(clause) or not (_SUBJECT.match(clause) or _TOPIC.search(clause)):
            return False
        return any(not self._knows(word) for word in _WORD.findall(clause))

    def _knows(self, word: str) -> bool:
        return word in _SMALL_CHANGE or word in DAYS_AND_MONTHS or word.endswith("ly") or _stem(word) in self._stems

    def _lacks_chinese(self, clause: str) -> bool:
        if _ZH_MOOT.search(clause) or not (_ZH_SUBJECT.match(clause) or _ZH_TOPIC.search(clause)):
            return False
        return any(not self._bears_out(run) for run in _HAN_RUN.findall(_ZH_SMALL_CHANGE.sub(" ", clause)))

    def _bears_out(self, run: str) -> bool:
        pairs = [run[place : place + 2] for place in range(len(run) - 1)]
        return sum(pair in self._told for pair in pairs) >= _SUPPORTED * len(pairs)

    @cached_property
    def _stems(self) -> Collection[str]:
        return frozenset(map(_stem, _WORD.findall(self._told)))


def _stem(word: str) -> str:
    """Return ``word`` without its ending, alike for "collect", "collects" and "collected"."""
    bare = _ENDING.sub("", word) if len(word) > 3 else word
    return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] else bare
