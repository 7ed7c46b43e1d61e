"""Which addresses outside may be reached: none of the installation's own network, unless somebody allowed it.

A company chooses the address, so it must not lead to what only the machines of this installation may reach. A name
is looked up once and the very address that was checked is connected to (``http.py``): one that resolves to
something else a moment later gains nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from callwright.channels.errors import OutsideAddressError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LONGEST = 2000
WEB_PORTS = (80, 443)
FIRST_FREE_PORT = 1024
"""Below it, but for the web's, other protocols live: nobody is to make us talk to a mail server."""
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""Their last 32 bits are an IPv4 address (RFC 6052; RFC 4291 clause 2.5.5.1)."""
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
LOCAL_TRANSLATED = IPv6Network("64:ff9b:1::/48")
"""RFC 8215: what is behind it only the network itself knows."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: the parts of its address."""

    url: str
    host: str
    port: int
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be reached: public addresses, and the networks that the installation allows besides."""

    allowed: tuple[Network, ...] = ()

    def allows(self, address: Address) -> bool:
        """Return whether ``address`` lies within a network that is allowed besides."""
        plain = inner(address)
        return any(one.version == plain.version and plain in one for one in self.allowed)

    def may(self, address: Address, *, encrypted: bool) -> bool:
        """Return whether ``address`` may be connected to; what is not encrypted never crosses public networks."""
        return self.allows(address) or (encrypted and is_public(address))


def networks(written: str) -> tuple[Network, ...]:
    """Return networks that are written as ``10.20.0.0/16,fd00::/8``. Raises ValueError."""
    return tuple(ip_network(one.strip()) for one in written.split(",") if one.strip())


def inner(address: Address) -> Address:
    """Return the IPv4 address within an IPv6 address, where there is one."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if any(address in network for network in TRANSLATED) and int(address) > 1:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_public(address: Address) -> bool:
    """Return whether ``address`` is one of the public internet's."""
    plain = inner(address)
    if isinstance(plain, IPv6Address) and (
        plain.teredo is not None or plain in LOCAL_TRANSLATED or plain.is_site_local
    ):
        return False
    return plain.is_global and not plain.is_multicast and not plain.is_reserved and not plain.is_unspecified


def read_target(url: str, reach: Reach) -> Target:
    """Return the parts of ``url``. Raises OutsideAddressError for one that can't be called.

    A name is only looked up once something is sent; an address that is written out is refused here.
    """
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise OutsideAddressError(
            address=url[:100], why=f"write it as https://host/path, up to {LONGEST} characters"
        )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise OutsideAddressError(address=url, why="write it as https://host/path") from None
    if parts.scheme not in ("https", "http") or not host or parts.username is not None or parts.fragment:
        raise OutsideAddressError(address=url, why="write it as https://host/path, without a password or #")
    target = Target(url, host, port or (443 if parts.scheme == "https" else 80), parts.scheme == "https")
    _check(target, reach)
    return target


def choose(target: Target, found: Sequence[str], reach: Reach) -> list[str]:
    """Return the addresses to be tried of those that a name leads to. Raises OutsideAddressError.

    One that may not be reached rules out the name, as nobody's public name leads inside by mistake.
    """
    addresses = [ip_address(one.partition("%")[0]) for one in found]
    if any(not reach.may(one, encrypted=target.encrypted) for one in addresses):
        raise OutsideAddressError(address=target.host, why=_why(target))
    return found if isinstance(found, list) else list(found)


def _check(target: Target, reach: Reach) -> None:
    if target.port not in WEB_PORTS and target.port < FIRST_FREE_PORT:
        raise OutsideAddressError(address=target.url, why="the port must be 80, 443, or 1024 and above")
    try:
        literal = ip_address(target.host)
    except ValueError:
        if _NUMBER.fullmatch(target.host.rstrip(".").rpartition(".")[2]):
            # Some read 2130706433, 0177.0.0.1 and 0x7f.1 as addresses; a name's last part is never a number.
            why = "write an address as four decimal numbers, such as 203.0.113.7"
            raise OutsideAddressError(address=target.url, why=why) from None
        if not target.encrypted and not reach.allowed:
            raise OutsideAddressError(address=target.url, why="it must begin with https://") from None
        return
    choose(target, [str(literal)], reach)


def _why(target: Target) -> str:
    if not target.encrypted:
        return "without https only networks can be reached that the installation allows"
    return "it lies within a private network; the installation can allow one (CALLWRIGHT_OUTSIDE_NETWORKS)"
