"""People's names as they give them in Chinese."""

import re

from callwright.dialogue.spoken.language import Found
from callwright.dialogue.spoken.zh.numbers import plain

# The hundred and more most frequent surnames.
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季"
    "俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃"
    "霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净阴闫肖佟卓池温"
)
DOUBLE_SURNAMES = "欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯|端木"
_FIRST = f"(?:{DOUBLE_SURNAMES}|[{SURNAMES}])"
_POLITE = "先生|女士|小姐|太太|老师|师傅|阿姨|经理"
# How the writing of a surname is told: 木子李, 弓长张.
_WRITTEN = re.compile(
    "(?:木子|弓长|耳东|立早|口天|古月|双木|言午|草头|三横一竖的?|双口|干勾于的?|美女的?)(?=[\u4e00-\u9fff])"
)
_SURNAME = re.compile(rf"(?:我|免贵|本人|敝)?姓(?P<name>{_FIRST})")
_CALLED = re.compile(
    r"(?:我的?(?:名字|姓名)|名字|全名|本人|您?叫我|我(?=[是叫]))(?:是|叫做?)?(?P<name>[\u4e00-\u9fff]{2,4}|[A-Za-z]{2,20})"
)
_BARE = re.compile(rf"(?P<name>{_FIRST}(?:{_POLITE}|[\u4e00-\u9fff]{{1,2}})|[小老]{_FIRST})")
_BEFORE = re.compile(r"^(?:嗯+|啊|呃|额|哦|好的?|是的?|对|您?你?好|喂|那个|这里)+[,，。. ]*")
_AFTER = re.compile(r"(?:就行了?|就好了?|就可以了?|吧|啊|呀|呢|的|哈|谢谢)+$")
_NO_NAME = re.compile(
    r"什么|谁|哪|不|没|吗|怎么|是的|方便|马上|高兴|白天|常常|何时|安排|于是|谢谢|毛病|关系|关于|任何|严重|时间|时候|成了|单位|"
    r"解释|强调|华为|车|路上|向来|游泳|强烈|景|施工|文件|金额|许多|程序|高铁|左右|常用|易|申请|查一|想|知道|告诉|名字|电话"
)


def find_name(text: str) -> Found | None:
    """Return the name that ``text`` gives: 我姓王 is 王, 我叫李小明 is 李小明."""
    bare = _WRITTEN.sub("", re.sub(r"\s+", "", plain(text)).strip(".,!?。，！？"))
    bare = _AFTER.sub("", _BEFORE.sub("", bare))
    full = _CALLED.search(bare)
    found = full or _SURNAME.search(bare) or _BARE.fullmatch(bare)
    if found is None:
        return None
    name = _AFTER.sub("", found["name"])
    if not name or _NO_NAME.search(name):
        return None
    return (name.title(), name.title()) if name.isascii() else (name, name)
