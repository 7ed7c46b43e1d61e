"""Which addresses outside may be reached."""

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.channels.addresses import Reach, choose, is_public, networks, read_target
from callwright.channels.errors import OutsideAddressError

NOWHERE_ELSE = Reach()
INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "::1", "::", "fe80::1", "fd00::1", "fec0::1",
    "ff02::1",    "::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::a00:1", "2002:a00:1::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_inside_is_public(address: str) -> None:
    assert not is_public(ip_address(address))
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(OutsideAddressError):
        read_target(f"https://{host}/x", NOWHERE_ELSE)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_what_is_public_may_be_reached(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_within_another_is_as_public_as_it_is(inner: IPv4Address) -> None:
    number = int(inner)
    for prefix in (0xFFFF << 32, int(IPv6Address("64:ff9b::")), 0x2002 << 112):
        outer = IPv6Address(prefix | (number << 80 if prefix == 0x2002 << 112 else number))
        assert is_public(outer) == is_public(inner)


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.example/x", "ftp://crm.example", "https://", "https://a:b@crm.example", "https://crm.example#x",
        "https://crm.example:25/", "https://crm.example:99999/", "https://crm.example/a b", "https://[::1",
        "crm.example",        "http://93.184.216.34/", "https://crm.example/" + "x" * 2000, "https://crm.example/\n",
    ],
)  # fmt: skip
def test_what_cannot_be_called_is_told_at_once(url: str) -> None:
    with pytest.raises(OutsideAddressError):
        read_target(url, NOWHERE_ELSE)


def test_the_installation_may_allow_a_network() -> None:
    reach = Reach(networks("10.20.0.0/16, fd00::/8"))
    assert read_target("http://10.20.3.4:8080/x", reach).port == 8080
    assert read_target("https://[fd00::1]/x", reach).port == 443
    for url in ("https://10.21.0.1/", "http://93.184.216.34/", "https://[fe80::1]/"):
        with pytest.raises(OutsideAddressError):
            read_target(url, reach)


def test_a_name_that_also_leads_inside_is_refused() -> None:
    target = read_target("https://crm.example/x", NOWHERE_ELSE)
    assert choose(target, ["93.184.216.34"], NOWHERE_ELSE) == ["93.184.216.34"]
    for found in (["93.184.216.34", "10.0.0.1"], ["::ffff:10.0.0.1"], ["fe80::1%eth0"]):
        with pytest.raises(OutsideAddressError):
            choose(target, found, NOWHERE_ELSE)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "10.0.0x1.", "1.2.3.4.5", "017700000001"]
)
def test_an_address_in_no_usual_form_is_refused_before_anything_is_sent(host: str) -> None:
    for reach in (NOWHERE_ELSE, Reach(networks("127.0.0.0/8"))):
        with pytest.raises(OutsideAddressError, match="four decimal numbers"):
            read_target(f"https://{host}/x", reach)
    assert read_target("https://a1.example/x", NOWHERE_ELSE).host == "a1.example"
