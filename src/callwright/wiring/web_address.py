"""Where the web process listens. Apart from it, so that a house can look first without loading a web server."""

import socket

from callwright.kit.errors import UnavailableError
from callwright.settings import Settings


class WebAddressError(UnavailableError):
    """The browser application can't listen on {address}: {why}. Free it, or set CALLWRIGHT_WEB_PORT to another."""

    code = "web-address-unavailable"


def listener(settings: Settings) -> socket.socket:
    """Return a socket bound to where the web process is to listen. Raises WebAddressError."""
    family = socket.AF_INET6 if ":" in settings.web_host else socket.AF_INET
    # Named a TCP socket, as asyncio turns Nagle's algorithm off for those alone: with it, the last part of every
    # answer waits for the browser's delayed acknowledgement, 40 ms.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((settings.web_host, settings.web_port))
    except OSError as error:
        opened.close()
        address = f"{settings.web_host}:{settings.web_port}"
        raise WebAddressError(address=address, why=error.strerror or str(error)) from None
    opened.setblocking(False)
    return opened
