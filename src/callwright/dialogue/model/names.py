"""Names in what is said: people, companies, places and brands, all to be known before they are said.

In English a name is seen by its capitals; at the beginning of a sentence, where every word has one, by standing
alone before a verb, as the subject of a statement. Chinese has no capitals: a name is known by what surrounds it
(a surname before a title, words before 公司 or 路), or is one that everybody knows. What is a name by neither
passes.
"""

import re
from collections.abc import Iterator

from callwright.dialogue.spoken.zh.names import DOUBLE_SURNAMES, SURNAMES

_WITHIN = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÀ-Þ][^\W\d_A-Z]+\b")
_ACRONYM = re.compile(r"\b[A-Z]{2,}s?\b")
_MIXED = re.compile(r"\b[A-Za-z][a-z]+[A-Z]\w*")
_VERB = (
    "is|was|has|have|had|does|did|offers?|sells?|makes?|gives?|charges?|will|would|can|could|says?|said|"
    "recommends?|costs?|pays?|owns?|runs?|uses?|also|and [A-Z]"
)
_SUBJECT = re.compile(rf"(?:^|[.!?:] )([A-ZÀ-Þ][^\W\d_A-Z]{{2,}})(?:'s)? (?:{_VERB})\b")
_NO_SUBJECT = frozenset(
    re.findall(
        r"\w+",
        "it this that there these those here he she they you we who what which when where why how everything "
        "nothing something anything everyone everybody someone somebody anyone anybody nobody none all both each "
        "either neither one another others some any many most much more such then now yes well okay right sure "
        "sorry thanks and but the your our his her their its my",
    )
)
_ORDINARY = frozenset(
    re.findall(r"\w+", "ai ok tv am pm id us mr ms mrs dr st pc it usb sms gps pdf hello hi dear")
)

_COMMON_BEFORE = (
    "我们|你们|他们|咱们|人家|贵|本|该|这家|那家|一家|哪家|几家|两家|其他|别的|任何|各家|各|的|家|个|什么|所|间|大|小|子|分|总|"
    "母|新|老|同|外|公|私|保险|快递|物流|装修|旅游|软件|广告|中介|开|到|去|在|是|和|跟|有|条|段|哪条|过"
)
_HAN = r"[\u4e00-\u9fff]"
_ORGANISATION = re.compile(
    rf"({_HAN}{{2}})(公司|集团|银行|医院|大学|酒店|诊所|学院|证券|商场|商店|超市|保险|宾馆|饭店|广场|小区|车站)"
)
_PLACE = re.compile(rf"({_HAN}{{2}})(路|街|大道|市|区|县|省|镇)(?=[^\u4e00-\u9fff]|$|[的上里也有和那开])")
_NO_PLACE = re.compile(
    r"(?:地|市|小|社|城|商|校|园|辖|片|郊|景|本|全|外|各|超|上|股|夜|集|都|马|道|公|铁|网|思|线|一|顺|走|半|迷|问|出|销|大|老|逛|"
    r"赶|在|的|条|个|们|么|哪|这|那|段|过|高速公)$"
)
_BEFORE_COMMON = re.compile(rf"(?:{_COMMON_BEFORE})$")
_LIKELY = "".join(sign for sign in SURNAMES if sign not in "高常方安时成易和向任何明温强单关边明万和于")
_STAFF = "经理|医生|主任|老师|师傅|律师|教授|护士|院长|主管|顾问|店长"
_TITLED = re.compile(
    rf"(?:{DOUBLE_SURNAMES}|[{SURNAMES}])(?:{_STAFF})|(?:{DOUBLE_SURNAMES}|[{SURNAMES}])(?=先生|女士|小姐|太太)"
)
_FAMILIAR = re.compile(rf"[小老][{_LIKELY}](?=会|来|给|跟|在|说|他|她|[，。！？,.!?]|$)")
_PERSON = rf"(?:{DOUBLE_SURNAMES}|[{_LIKELY}]){_HAN}{{1,2}}"
_CALLED = re.compile(rf"(?:叫|名叫|找|联系|请)({_PERSON})(?=[，。！？的来给说]|就|帮|$)")
_KNOWN_TO_ALL = re.compile(
    "北京|上海|广州|深圳|天津|重庆|成都|杭州|武汉|西安|南京|苏州|青岛|大连|厦门|宁波|长沙|郑州|沈阳|哈尔滨|昆明|福州|济南|合肥|"
    "香港|澳门|台湾|台北|广东|浙江|江苏|四川|山东|河南|河北|湖南|湖北|福建|云南|海南|东北|美国|日本|韩国|德国|英国|法国|"
    "欧洲|微信|支付宝|淘宝|天猫|京东|拼多多|抖音|快手|微博|百度|腾讯|阿里|华为|小米|苹果|三星|美团|饿了么|滴滴|顺丰|平安保险|"
    "中国人寿|工商银行|建设银行|农业银行|招商银行|中国银行|中国移动|中国联通|中国电信|捷安特|特斯拉|比亚迪|央视|卫生部|公安局|"
    "消费者协会|国务院|教育部|清华|北大"
)


def names_in(sentence: str) -> Iterator[str]:
    """Yield the names of ``sentence``, in small letters, as far as they show."""
    capitals = (*_WITHIN.findall(sentence), *_ACRONYM.findall(sentence), *_MIXED.findall(sentence))
    yield from (name.lower() for name in capitals if name.lower() not in _ORDINARY)
    yield from (name.lower() for name in _SUBJECT.findall(sentence) if name.lower() not in _NO_SUBJECT)
    yield from _chinese(sentence)


def _chinese(sentence: str) -> Iterator[str]:
    yield from _KNOWN_TO_ALL.findall(sentence)
    for before, kind in _ORGANISATION.findall(sentence):
        if not _BEFORE_COMMON.search(before):
            yield before + kind
    for before, kind in _PLACE.findall(sentence):
        if not _NO_PLACE.search(before):
            yield before + kind
    yield from _TITLED.findall(sentence)
    yield from _FAMILIAR.findall(sentence)
    yield from _CALLED.findall(sentence)
