"""`make addresses`: adds the addresses of the built site to the list of those that must keep leading somewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from handbook.commands.errors import plain_errors
from handbook.commands.project import SOURCE_LANGUAGE
from handbook.site.addresses import list_addresses, present_addresses

if TYPE_CHECKING:
    from handbook.commands.project import Project


def run(project: Project) -> int:
    """List new addresses and say which. Returns 0, or 1 if the site has not been built."""
    try:
        present = present_addresses(project.site / SOURCE_LANGUAGE)
    except FileNotFoundError:
        sys.stderr.write("There is no site to take addresses from. To build it: make\n")
        return 1
    with plain_errors():
        added = list_addresses(project.docs, present)
    for address in added:
        sys.stdout.write(f"{address}\n")
    sys.stdout.write(f"{len(added)} addresses added\n")
    return 0
