"""Sound sent to a player, which asks for parts of it."""

from typing import Any

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from callwright.blobs.port import BlobKey, Blobs
from callwright.web.ranges import UnsatisfiableRangeError, wanted

WAV = "audio/wav"
BYTES = {WAV: {"schema": {"type": "string", "format": "binary"}}}
AUDIO: dict[int | str, dict[str, Any]] = {
    200: {"content": BYTES},
    206: {"description": "The range asked for.", "content": BYTES},
    416: {"description": "There is nothing in that range."},
}


async def send_sound(blobs: Blobs, key: BlobKey, request: Request) -> Response:
    """Return the answer to a request for a blob of sound, or the range of it that was asked for."""
    size = await blobs.size(key)
    headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, no-cache"}
    try:
        part = wanted(request.headers.get("range"), size)
    except UnsatisfiableRangeError:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    if part is None:
        headers["Content-Length"] = str(size)
        return StreamingResponse(blobs.read(key), media_type=WAV, headers=headers)
    headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    headers["Content-Length"] = str(part.length)
    content = blobs.read(key, part.first, part.length)
    return StreamingResponse(content, 206, media_type=WAV, headers=headers)
