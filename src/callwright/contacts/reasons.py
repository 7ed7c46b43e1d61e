"""Why a row can't be taken, in words: for files that people repair. Pages have words of their own."""

from collections.abc import Mapping

from callwright.kit.phone import WHY

REASONS = {
    "phone-missing": "the phone number is missing",
    "phone-shortened": "the spreadsheet program shortened the number; format the column as text and enter it again",
    **{f"phone-{fault}": f"this is not a phone number: {why}" for fault, why in WHY.items() if fault != "costly"},
    "phone-costly": WHY["costly"],
    "value-missing": "{label} is required and empty",
    "value-hidden": "a number in it is hidden from you; write all of it, or leave the value as it is",
    "field-retired": "this field is no longer in use",
    "value-not-number": "{label} is a number, like 1250.5",
    "value-not-date": "{label} is a date, like 2026-03-01",
    "value-not-choice": "{label} is one of: {choices}",
    "value-too-long": "it has more than {most} characters",
    "value-unprintable": "it holds characters that can't be shown or spoken",
    "consent-unclear": "write yes where the person agreed to be called, no where they took that back, or nothing",
    "consent-source-missing": "say whence it is known that the person agreed",
    "consent-withdrawn": "this person took consent back; that they gave it again a person notes, not a file",
    "same-person": "this person is to be called in this task under another number already, and is called once",
    "do-not-call": "this number is on your do-not-call list: the person asked not to be called again",
    "do-not-call-everywhere": "this number is on the installation's do-not-call list: nobody here may call it",
}
REASONS_ZH = {
    "phone-missing": "缺少电话号码",
    "phone-shortened": "表格软件缩短了号码；请将该列设为文本格式后重新填写",
    "phone-country": "不是电话号码：没有国家使用此代码",
    "phone-shape": "这看起来不像电话号码",
    "phone-length": "不是电话号码：位数过多或过少",
    "phone-range": "不是电话号码：不存在此号段",
    "phone-costly": "这是高额收费、分摊费用、个人转接、寻呼或语音信箱号码，绝不拨打",
    "value-missing": "{label}为必填，但为空",
    "value-hidden": "其中的号码对您隐藏；请完整填写，或保持原值",
    "field-retired": "该字段已停用",
    "value-not-number": "{label}应为数字，如 1250.5",
    "value-not-date": "{label}应为日期，如 2026-03-01",
    "value-not-choice": "{label}应为以下之一：{choices}",
    "value-too-long": "超过 {most} 个字符",
    "value-unprintable": "含有无法显示或朗读的字符",
    "consent-unclear": "客户同意被呼叫请填“是”，已撤回请填“否”，不清楚请留空",
    "consent-source-missing": "请填写同意的来源",
    "consent-withdrawn": "该客户已撤回同意；若其再次同意，请由人员登记，不能通过文件导入",
    "same-person": "此人在该任务中已有另一号码待拨打，只拨打一次",
    "do-not-call": "在贵公司的免打扰名单上：对方不希望再接到电话",
    "do-not-call-everywhere": "在系统的免打扰名单上：任何人不得拨打该号码",
}


def reason_for(code: str, fields: Mapping[str, str | int], language: str = "en") -> str:
    """Return a fault in words, without a full stop."""
    return (REASONS_ZH if language == "zh" else REASONS)[code].format_map(fields)
