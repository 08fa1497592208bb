"""The addresses that others may link to, and the list of all that there have ever been: `docs/addresses.txt`.

These are the pages, and in them the headings with a label and the records: what Sphinx lists in `objects.inv`. They are
the same in every language. Sources are not among them: a source goes when no page cites it any more. Nothing is ever
taken off the list. Where something has moved, `docs/redirects.yaml` says where to, and a test follows every address.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.inventory import InventoryFile

from handbook.knowledge import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "addresses.txt"

_HEAD = """\
# Every address that the site has had: pages, and headings and records in them. `make addresses` adds what is new.
# Take nothing off. Where something has moved, write in redirects.yaml where it is now.
"""
#: Anchors that Sphinx counts by itself; they change with what stands before them.
_COUNTED = re.compile(r"#id\d+$")


def present_addresses(folder: Path) -> set[str]:
    """Return the addresses of a built site in one language, `folder`: `about/name`, `about/name#about-name-origin`.

    Raises `FileNotFoundError` if there is no site.
    """
    inventory = InventoryFile.loads((folder / "objects.inv").read_bytes(), uri="")
    found = {item.uri for items in inventory.data.values() for item in items.values()}
    # Sphinx lists its indexes, too, where a site has none.
    there = {uri for uri in found if (folder / uri.partition("#")[0]).is_file() and not _COUNTED.search(uri)}
    return {uri.replace(".html", "", 1) for uri in there}


def listed_addresses(docs: Path) -> list[str]:
    """Return the addresses on the list in the folder of pages. Raises `ContentError` if it cannot be read."""
    file = docs / FILE
    lines = read_text(file, Path(docs.name, FILE)).splitlines() if file.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def list_addresses(docs: Path, addresses: Iterable[str]) -> list[str]:
    """Add addresses to the list; return those that are new on it. Raises `ContentError` if it cannot be read."""
    listed = listed_addresses(docs)
    new = sorted(set(addresses) - set(listed))
    if new:
        text = _HEAD + "".join(f"{address}\n" for address in sorted({*listed, *new}))
        (docs / FILE).write_text(text, encoding="utf-8", newline="\n")
    return new
