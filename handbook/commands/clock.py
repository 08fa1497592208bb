"""SOURCE_DATE_EPOCH, by which builds of one commit come out the same: https://reproducible-builds.org/specs/source-date-epoch/"""

from __future__ import annotations

import os
import re

NAME = "SOURCE_DATE_EPOCH"

#: Until the year 5138.
_SECONDS = re.compile(r"[0-9]{1,11}")


def clock_problem() -> str:
    """Return what is wrong with it, or nothing: Sphinx reads it while it is imported, and cannot say so."""
    given = os.environ.get(NAME, "").strip()
    if not given:
        # Sphinx takes what is empty for a time, too.
        os.environ.pop(NAME, None)
    elif not _SECONDS.fullmatch(given):
        # Imported on demand: to find that nothing has changed takes none of the rooms.
        from handbook.knowledge.problems import shown

        return (
            f"{NAME} is '{shown(given)}', which is no time. "
            "To mend it: write the seconds since 1970, such as 1795000000, or leave it empty."
        )
    return ""
