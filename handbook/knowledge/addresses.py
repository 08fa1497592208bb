"""Addresses of the web as contributors type them, and how a browser reads them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

#: Browsers leave these out wherever they stand in an address, at its beginning spaces, too: https://url.spec.whatwg.org/
_LEFT_OUT = re.compile(r"[\t\n\r]|^[\x00- ]+")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")
#: What addresses never hold as it is (RFC 3986, letters of any language allowed), and what stays unseen in them.
_NOT_IN_ADDRESSES = re.compile('[\\s\\x00-\\x20\\x7f"<>\\\\^`{|}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')


def scheme_of(address: str) -> str:
    r"""Return what an address begins with as a browser would find it, in small letters; empty if there is none.

    >>> [scheme_of(it) for it in ("HTTPS://example.org", " java\tscript:alert(1)", "page.html#a:b")]
    ['https', 'javascript', '']
    """
    match = _SCHEME.match(_LEFT_OUT.sub("", address))
    return match["scheme"].lower() if match else ""


def is_web_address(address: str) -> bool:
    """Tell whether an address is a whole one of the web, without characters that could end or hide a part of it.

    >>> [is_web_address(it) for it in ("https://example.org/環境?q=(1)", "javascript:alert(1)", "https://a.org/ b", "http:x")]
    [True, False, False, False]
    """
    if _NOT_IN_ADDRESSES.search(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
