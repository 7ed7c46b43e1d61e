"""What a script's author never wrote: none of it may be spoken. And what is all right: none of it is replaced."""

import pytest
from tests.unit.dialogue.model.shop import BOB, shop, shop_dialogue
from tests.unit.dialogue.model.test_guard import CHINESE

from callwright.dialogue.model.briefing import instructions
from callwright.dialogue.model.guard import Guard
from callwright.dialogue.state import State

ENGLISH = Guard(shop(), instructions(shop()))
BEGUN = shop_dialogue().begin(BOB).talk
MANDARIN = Guard(CHINESE, instructions(CHINESE))
BEGUN_ZH = State((("company", "快车行"), ("caller", "小安"), ("customer_name", "王伟")))

INVENTED = """
A service costs thirty-nine ninety-nine.
It is forty dollars, plus six for the parts.
The price goes up to fifty in June.
That takes about two hours.
It takes half a day.
We open at eight.
We close at half past six.
We are open on Saturdays, too.
We are open every day, even on the weekend.
You can come in tomorrow.
I have a slot at noon.
Three mechanics work here.
We have been here since 1998.
The first service is free.
It is free of charge for students.
There is a discount for families.
We guarantee the work for life.
You get a warranty with every service.
The bicycle is insured while it is here.
Our mechanics are certified.
You can get a refund at any time.
We give you a gift with it.
There is no charge for the pick-up.
We are cheaper than everybody else.
The other shop is in Baker Street.
Our owner is called Gregory.
Ask for Ms Miller.
Siemens makes the brakes.
Shimano is our partner.
We work with IBM.
We also repair a BMW.
Our partner PayPal takes care of it.
You can pay with Visa.
The bus from Leeds stops here.
José does the repairs.
Parking is behind the house.
Delivery is included.
A colleague will call you this evening.
I've put your name down.
The bicycle has been collected and paid for.
""".strip().splitlines()

RIGHT = """
Hello Bob, how are you?
A service costs 40 dollars.
A service is forty dollars.
It takes three hours.
Three hours, usually.
The shop is in Mill Street.
You'll find us in Mill Street.
We are open from nine to five.
We're open Monday to Friday.
Two mechanics check every service.
Every service was checked by two mechanics in 2025.
Would you like to bring your bicycle in?
Which day would suit you?
Which day of the week is best for you?
Are you free on Monday?
Feel free to ask me anything.
I'm an AI assistant, calling for Velo.
This is Ann from Velo.
Of course, take your time.
Wonderful, thank you!
That is a good question.
I don't know about discounts, I'm sorry.
I can't promise you a refund.
I am sorry, I have no price for that.
There is nothing to pay today.
What would you like to know?
Everything you tell me stays with us.
Shall I explain what a service is?
I understand, that is no problem at all.
Thank you for telling me.
It is worth it, especially in spring.
Nobody has to decide now.
Is there anything else I can help with?
""".strip().splitlines()

INVENTED_ZH = """
保养一次三十五元。
保养一次三百八。
保养只要九块九。
现在打八折。
第二次半价。
新客户有优惠。
这次是免费的。
我们赠送车铃。
保证修好。
保修一年。
不满意可以退款。
我们是官方授权的。
可以分期付款。
百分之九十的客户都满意。
大概两个小时。
半小时就好。
一周内能取车。
早上八点就开门了。
晚上六点关门。
周六也开门。
明天就可以来。
下周有空位。
月底之前都行。
您可以找张经理。
李师傅会帮您修。
王主任会接待您。
我们老板叫陈志强。
请联系刘小明。
我们在中山路。
店在建国街上。
我们在海淀区有分店。
北京也有我们的店。
可以用微信付款。
我们和捷安特合作。
我们是大行集团的。
可以在招商银行办理。
和平医院旁边就是。
成立于一九九八年。
有十几位技师。
小张会给您打电话。
我已经给您登记了。
""".strip().splitlines()

RIGHT_ZH = """
您好，我是快车行的小安。
我是人工智能助手。
保养一次四十元。
保养一次40元。
一次四十块。
营业时间是周一到周五。
我们九点到五点营业。
周一到周五都可以。
请问您哪天方便？
您想什么时候来？
要不要了解一下？
好的，我明白了。
没关系，您慢慢想。
谢谢您告诉我。
这个我不清楚。
有没有优惠我不清楚。
这个我不能保证。
不好意思，打扰您一下。
一下子说不清楚。
您先听我说一句。
我们店专门做自行车保养。
我们公司是做自行车保养的。
您的自行车骑了多久了？
保养对车有好处。
路上小心。
您在哪个区？
王先生，您好。
还有什么想问的吗？
您可以随时问我。
好的，那就不打扰您了。
我再说一遍。
您说得对。
听起来不错。
这条路上车多吗？
您是骑车上班吗？
""".strip().splitlines()


@pytest.mark.parametrize("sentence", INVENTED)
def test_no_fact_outside_the_script_is_spoken(sentence: str) -> None:
    assert ENGLISH.breach(sentence, BEGUN) is not None


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_is_all_right_is_not_replaced(sentence: str) -> None:
    assert ENGLISH.breach(sentence, BEGUN) is None


@pytest.mark.parametrize("sentence", INVENTED_ZH)
def test_no_fact_outside_the_script_is_spoken_in_chinese(sentence: str) -> None:
    assert MANDARIN.breach(sentence, BEGUN_ZH) is not None


@pytest.mark.parametrize("sentence", RIGHT_ZH)
def test_what_is_all_right_is_not_replaced_in_chinese(sentence: str) -> None:
    assert MANDARIN.breach(sentence, BEGUN_ZH) is None
