"""A parameter that an address doesn't know: who thinks that it narrows a list would act on more than they meant."""

from callwright.accounts.roles import Role
from tests.web.conftest import Open, Town, client_of
from tests.web.test_every_route import GUARDED, ask, told


async def test_a_parameter_that_an_address_does_not_know_is_refused(shared_town: Town, open_app: Open) -> None:
    async with client_of(open_app(shared_town), shared_town.ours.tokens[Role.OPERATOR]) as client:
        client.params = {"narrowed_to": "some"}
        for operation in GUARDED:
            response = await ask(client, operation, shared_town.ours.ids)
            told(response, 422, "invalid")
            assert response.json()["errors"][0]["where"] == "query.narrowed_to", operation
