"""The built browser application: its files, and its one page for every address that is a page's."""

import asyncio
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from callwright.kit.errors import NotFoundError
from callwright.web.parts import parts_of

FOREVER = "public, max-age=31536000, immutable"  # files under assets/ carry a hash of their content in their name
ALWAYS_ASK = "no-cache"
NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Callwright</title>
<h1>The browser application is not built yet</h1>
<p>Run <code>make run</code>, or <code>npm ci &amp;&amp; npm run build</code> in the folder <code>ui</code>,
and load this page again. The <a href="/api/v1/docs">API</a> works already.</p></html>"""

router = APIRouter(include_in_schema=False)


@router.api_route("/{path:path}", methods=["GET", "HEAD"])
async def browser_application(request: Request, path: str) -> Response:
    """Give a file of the application, or its page."""
    if path == "api" or path.startswith("api/"):
        raise NotFoundError(thing="address", key=f"/{path}")
    root = parts_of(request).browser_application
    file = await asyncio.to_thread(_file, root, path)
    if file is not None:
        return FileResponse(file, headers={"Cache-Control": FOREVER if path.startswith("assets/") else ALWAYS_ASK})
    if "." in path.rsplit("/", 1)[-1]:
        raise NotFoundError(thing="file", key=f"/{path}")
    page = await asyncio.to_thread(_file, root, "index.html")
    if page is None:
        return HTMLResponse(NOT_BUILT, status_code=503)
    return FileResponse(page, headers={"Cache-Control": ALWAYS_ASK})


def _file(root: Path, path: str) -> Path | None:
    """Return the file that ``path`` names below ``root``, and none outside it, symbolic links included."""
    if not path or "\0" in path:
        return None
    root = root.resolve()
    found = (root / path).resolve()
    return found if found.is_relative_to(root) and found.is_file() else None
