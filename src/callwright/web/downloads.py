"""Files that a browser keeps rather than shows."""

from urllib.parse import quote


def attached(file_name: str) -> dict[str, str]:
    """Return the headers of an answer that is kept under a name, whatever that is written in."""
    # RFC 6266 clause 4.3, RFC 8187.
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"}
