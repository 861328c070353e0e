"""Which addresses a page of a stranger's choice may have: those of the public, and none within our own network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Resolve = Callable[[str, int], Sequence[str]]

# What of IPv6 is given out at all; 3fff::/20 is for examples, and the last of these stands for IPv4.
_UNICAST, _EXAMPLES, _NAT64 = (
    IPv6Network("2000::/3"),
    IPv6Network("3fff::/20"),
    IPv6Network("64:ff9b::/96"),
)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host`, in the order to try them.

    Raises OSError where it has none, and UnicodeError where it can be no name.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address in _NAT64:
        address = IPv4Address(int(address) & 0xFFFFFFFF)
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    given_out = address in _UNICAST and address not in _EXAMPLES and address.is_global
    return (
        given_out and address.sixtofour is None
    )  # nobody runs such any more, and releases of Python differ on them
