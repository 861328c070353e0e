"""Which addresses a page of a stranger's choice may have: those of the public, and none within our own network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Resolve = Callable[[str, int], Sequence[str]]

_NAT64, _OWN_NAT64 = IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48")


def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host`, in the order to try them.

    Raises OSError where it has none, and UnicodeError where it can be no name.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public, whatever IPv4 address is hidden in it."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return address not in _OWN_NAT64 and all(one.is_global and not one.is_multicast for one in (address, *_hidden(address)))


def _hidden(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address leads to."""
    if isinstance(address, IPv4Address):
        return []
    teredo = address.teredo or ()
    nat64 = IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    return [one for one in (address.ipv4_mapped, address.sixtofour, *teredo, nat64) if one]
