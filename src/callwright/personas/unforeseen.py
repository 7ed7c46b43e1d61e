"""Questions to which no brief can be expected to have the answer: whoever invents one is to be found out."""

from collections.abc import Mapping

UNFORESEEN: Mapping[str, tuple[str, ...]] = {
    "en": (
        "how much does it cost",
        "how long does it take",
        "is there a discount for pensioners",
        "where exactly are you",
        "what is the name of your boss",
        "do you guarantee that",
        "is it free",
        "how many customers do you have",
        "since when does your company exist",
        "can I have that in writing",
        "who will come then",
        "is that cheaper than elsewhere",
        "do you have that in another town",
        "can I pay in instalments",
        "when could I have it at the earliest",
    ),
    "zh": (
        "多少钱",
        "要多长时间",
        "老人有优惠吗",
        "你们具体在哪里",
        "你们老板叫什么",
        "能保证吗",
        "是免费的吗",
        "你们有多少客户",
        "你们公司成立多久了",
        "能给我书面的吗",
        "到时候谁来",
        "比别家便宜吗",
        "别的城市有吗",
        "可以分期吗",
        "最快什么时候能拿到",
    ),
}
