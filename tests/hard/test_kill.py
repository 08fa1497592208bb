"""A build that is killed at any moment leaves nothing behind that the next would take for good."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tools.kill import kill

if TYPE_CHECKING:
    from pathlib import Path

#: `make kill` does more of the same, each time at other moments.
KILLS, SEED = 4, 20


def test_after_builds_were_killed_the_next_writes_what_a_clean_one_does(tmp_path: Path) -> None:
    told = list(kill(tmp_path / "handbook", KILLS, random.Random(SEED)))
    assert told
    bad = [line for line in told if not line.endswith(": the same")]
    assert not bad, "\n".join(bad)
