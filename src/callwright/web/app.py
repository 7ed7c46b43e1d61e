"""The application: routes, errors, what every request passes, and its life."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from callwright.web import browser_application, problems
from callwright.web.description import describe
from callwright.web.guard import Journal, OriginCheck, SizeLimit
from callwright.web.live import LiveNews
from callwright.web.parts import WebParts
from callwright.web.routes import (
    bulk_changes,
    calls,
    chats,
    comparison,
    crowds,
    custom_fields,
    customers,
    do_not_call,
    docs,
    dry_run,
    exports,
    features,
    groups,
    health,
    imports,
    installation,
    lines,
    lists,
    live,
    message_channels,
    message_hours,
    message_opt_outs,
    message_templates,
    messages,
    model_chat,
    money,
    pushes,
    script_calls,
    script_chat,
    script_knowledge,
    script_recordings,
    script_trials,
    script_versions,
    scripts,
    seats,
    session,
    settings,
    talk,
    task_customers,
    task_moves,
    tasks,
    tenants,
    timeline,
    today,
    voices,
    warnings,
    webhooks,
    wechat,
)
from callwright.web.version import VERSION
from callwright.web.webhook_payloads import describe_webhooks

__all__ = ["WebParts", "create_app"]
PREFIX = "/api/v1"
FEATURES = (
    session,
    lists,
    today,
    script_chat,
    model_chat,
    scripts,
    crowds,
    script_versions,
    script_knowledge,
    script_recordings,
    script_calls,
    script_trials,
    voices,
    lines,
    groups,
    seats,
    money,
    tasks,
    task_customers,
    task_moves,
    bulk_changes,
    customers,
    timeline,
    custom_fields,
    imports,
    exports,
    comparison,
    dry_run,
    calls,
    do_not_call,
    installation,
    features,
    tenants,
    settings,
    live,
    talk,
    warnings,
    webhooks,
    message_hours,
    message_opt_outs,
    message_templates,
    message_channels,
    messages,
    wechat,
    chats,
    pushes,
    health,
    docs,
)


def create_app(parts: WebParts | None) -> FastAPI:
    """Return the application; without ``parts`` it can only describe itself."""
    app = FastAPI(
        title="Callwright",
        version=VERSION,
        summary="An outbound call centre that runs itself.",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
        separate_input_output_schemas=False,
        lifespan=_life,
    )
    api = APIRouter(prefix=PREFIX)
    for feature in FEATURES:
        api.include_router(feature.router)
    app.include_router(api)
    app.include_router(browser_application.router)
    app.state.parts = parts
    problems.install(app)
    for guard in (SizeLimit, OriginCheck, Journal):  # the last one added is the first one passed
        app.add_middleware(guard)
    describe_webhooks(app)
    describe(app)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    news = LiveNews(app.state.parts)
    app.state.news = news
    running = asyncio.create_task(news.run(), name="live news")
    try:
        yield
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


def _operation_id(route: APIRoute) -> str:
    first, *others = route.name.split("_")
    return first + "".join(word.capitalize() for word in others)
