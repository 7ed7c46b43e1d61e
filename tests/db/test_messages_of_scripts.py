"""Scripts that send messages are published once the company can send them."""

from callwright.db.session import Database
from callwright.dialogue.loading import load_script
from callwright.dialogue.writing import write_script
from callwright.messaging import templates
from callwright.scripts.drafting import create_version
from callwright.scripts.messages import unsendable
from callwright.scripts.publishing import publish
from callwright.scripts.service import demo_source
from tests.factories.calling import NOW, make_caller
from tests.factories.messages import equip_with_messages
from tests.unit.dialogue.model.shop import shop


def _sending(template: str) -> str:
    script = load_script(demo_source()).model_dump(mode="json", by_alias=True, exclude_unset=True)
    script["name"] = "Sends"
    script["nodes"]["write"] = {
        "kind": "send_sms",
        "template": template,
        "next": script["entry"],
        "failed": script["entry"],
    }
    script["entry"] = "write"
    return write_script(type(load_script(demo_source())).model_validate(script))


async def test_a_message_needs_a_channel_and_an_approved_template_of_that_name(database: Database) -> None:
    caller = await make_caller(database)
    script, brief = (
        load_script(_sending("Thank you")),
        shop(messages={"thanks": {"label": "x", "template": "Thank you"}}),
    )

    async def rules(of: object = script) -> list[tuple[str, str]]:
        async with database.tenant(caller.tenant_id) as session:
            return [(fault.rule, fault.field) for fault in await unsendable(session, of)]  # type: ignore[arg-type]

    assert await rules() == [("no-message-channel", "template")]
    ids = await equip_with_messages(database, caller)
    assert await rules() == [("template-not-approved", "template")]
    assert await rules(brief) == [("template-not-approved", "messages.thanks.template")]
    assert await rules(load_script(_sending("Another"))) == [("unknown-template", "template")]
    async with database.system() as session:
        await templates.decide(session, ids["version_id"], rejected=None, now=NOW)
    assert await rules() == await rules(brief) == []
    async with database.tenant(caller.tenant_id) as session:
        made = await create_version(session, _sending("Thank you"), now=NOW)
        published = await publish(session, made.script.id, now=NOW)
        assert published.published is not None
    async with database.tenant(caller.tenant_id) as session:
        await templates.retire_template(session, ids["template_id"], now=NOW)
    assert await rules() == [("unknown-template", "template")]
