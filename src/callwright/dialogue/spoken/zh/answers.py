"""Yes and no as people say them in Chinese, which puts no spaces between words."""

import re
import unicodedata

_NEUTRAL = (
    "不好意思|对不起|好像|要不要|要不|要是|是不是|对不对|好不好|行不行|可不可以|能不能|有没有|不知道|不清楚|不确定|不一定|没听|"
    "好久|好几|可以吗|行吗|好吗|对吗|是吗|有什么|要多|对方|对了|对面|好多|行业|成功|正在|对于|没事吧|是谁|是哪|是什么|您是|你是|要怎"
)
_YES = (
    "没错|没问题|没事|不错|当然可以|当然|可以的?|对的?|是的|是啊|是呀|是|好的|好啊|好呀|好嘞|好吧|好|行的?|行啊|要的?|需要|愿意|同意|"
    "正确|确认|必须的?|成|中|有的?|有空|方便|能|ok|okay|yes|嗯哼"
)
_NO = (
    "不是的?|不对|不要了?|不用了?|不行|不可以|不需要|不了|不好|不愿意|不同意|不必了?|不能|不想要?|不方便|没有|没空|没|错了|错|"
    "不成|不|别|算了|免了|no"
)
_FILLER = "呃|额|哦|噢|喔|啊|呀|呢|吧|啦|嘛|哈|哎|诶|那个|这个|那|就|这样|我|您|你|谢谢|的|了|哼|都|也|先"
_HUM = "嗯|恩|唔"
_TOKEN = re.compile(
    rf"(?P<neutral>{_NEUTRAL})|(?P<yes>(?:没错|没问题|没事|不错))|(?P<no>{_NO})|(?P<yes2>{_YES})|"
    rf"(?P<filler>{_FILLER})|(?P<hum>{_HUM})|(?P<other>[a-z]+|\w)"
)


def agrees(text: str) -> bool | None:
    """Return whether ``text`` begins with yes (``True``) or no (``False``); ``None`` for neither or both."""
    words = _telling(text)
    if not words:
        return None
    yes, no = words[0] == "yes", "no" in words[:2]
    return None if yes is no else yes


def is_plain(text: str) -> bool:
    """Return whether ``text`` says yes or no and nothing else."""
    return all(word in ("yes", "no") for word in _telling(text))


def _telling(text: str) -> list[str]:
    """Return what each word is; a hum (嗯) is a yes where nothing else is said, else a mere sound."""
    kinds = [
        str(found.lastgroup).rstrip("2") for found in _TOKEN.finditer(unicodedata.normalize("NFKC", text).lower())
    ]
    telling = [kind for kind in kinds if kind not in ("filler", "hum")]
    return telling or ["yes" for kind in kinds if kind == "hum"][:1]
