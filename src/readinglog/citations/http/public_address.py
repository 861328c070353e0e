"""Which IP addresses an untrusted page may have: public ones, none of a private network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Resolve = Callable[[str, int], Sequence[str]]

_GLOBAL_UNICAST = IPv6Network("2000::/3")  # the only part of IPv6 that is assigned
_DOCUMENTATION = IPv6Network("3fff::/20")
_NAT64 = IPv6Network("64:ff9b::/96")  # stands for IPv4


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of `host`, in the order to try them.

    Raises OSError where it has none, and UnicodeError where it cannot be a host name.
    """
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in addresses))


def is_public(text: str) -> bool:
    """Return whether `text` is a public IP address."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address in _NAT64:
        address = IPv4Address(int(address) & 0xFFFFFFFF)
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    if address not in _GLOBAL_UNICAST or address in _DOCUMENTATION or not address.is_global:
        return False
    # 6to4 is out of use, and releases of Python differ on whether it is global.
    return address.sixtofour is None
