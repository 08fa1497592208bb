"""Kill builds at any moment and build again: what comes out must be what an undisturbed build writes, to the byte.

    python -m tools.kill KILLS [SEED]

A small synthetic handbook (see `synthetic`) is built while it changes between two states, by turns from nothing and from
the build before. Each build is killed (the signal that no program can catch, to all its processes or to the first alone),
some again as they try to recover. Then one is let be, and its site, books and all, is compared with a clean one.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tools.comparing import differences, files_in
from tools.running import begin
from tools.synthetic import write_handbook

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

#: What stands in a page and in a record, in one state and in the other.
_CHANGES = {
    "docs/part-0/page-1.md": ("\n\n", "\n\n新しい文です。\n\n"),
    "knowledge/figures.yaml": ("value: 900", "value: 901"),
}
#: How often a build that is to recover is killed, too.
_AGAIN = 0.3
_FROM_NOTHING = 0.3
_PARENT_ALONE = 0.25


class Handbook:
    """A handbook that is built and killed in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_handbook(folder, pages=4)
        self._states = []
        for number in range(2):
            texts = {name: (folder / name).read_text(encoding="utf-8") for name in _CHANGES}
            self._states.append(
                {name: text.replace(*_CHANGES[name], 1) if number else text for name, text in texts.items()}
            )

    def turn_to(self, state: int) -> None:
        """Write what changes; there are two states."""
        for name, text in self._states[state].items():
            (self.folder / name).write_text(text, encoding="utf-8", newline="\n")

    def site(self) -> dict[str, bytes]:
        """Return what has been built."""
        return files_in(self.folder / "build/site")

    def start(self) -> subprocess.Popen[str]:
        """Begin a build, with a group of processes of its own."""
        return begin("build", self.folder)

    def build(self) -> float:
        """Build to the end; return the seconds it took. Raises `RuntimeError` with what was said, if it did not go well."""
        started = time.monotonic()
        process = self.start()
        said, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"the build failed:\n{said}")
        return time.monotonic() - started

    def kill(self, seconds: float, *, parent_alone: bool) -> None:
        """Begin a build and kill it after a while."""
        process = self.start()
        time.sleep(seconds)
        if parent_alone:
            process.kill()
        elif process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        # Its output ends with the last of its processes.
        process.communicate()


def kill(folder: Path, kills: int, chance: random.Random) -> Iterator[str]:
    """Kill `kills` builds in `folder`, which must not be there yet; yield what each was, and what it did to the next.

    A line that ends with "the same" is good; any other says what differs from a clean build.
    """
    handbook = Handbook(folder)
    clean, longest = [], 0.0
    for state in (0, 1):
        handbook.turn_to(state)
        shutil.rmtree(folder / "build", ignore_errors=True)
        longest = max(longest, handbook.build())
        clean.append(handbook.site())
    state, done = 1, 0
    while done < kills:
        state = 1 - state
        handbook.turn_to(state)
        from_nothing = chance.random() < _FROM_NOTHING
        if from_nothing:
            shutil.rmtree(folder / "build")
        story = ["from nothing" if from_nothing else "after a change"]
        while True:
            seconds, parent_alone = chance.uniform(0, longest), chance.random() < _PARENT_ALONE
            handbook.kill(seconds, parent_alone=parent_alone)
            done += 1
            story.append(f"killed after {seconds:.2f} s{' (the first process alone)' if parent_alone else ''}")
            if done == kills or chance.random() > _AGAIN:
                break
        handbook.build()
        found = differences(clean[state], handbook.site())
        yield f"{', '.join(story)}: " + ("\n".join(["not what a clean build writes", *found]) if found else "the same")


def main(arguments: list[str]) -> int:
    """Kill as many builds as the first argument says; return 1 if any left something behind."""
    kills = int(arguments[0]) if arguments else 50
    seed = int(arguments[1]) if len(arguments) > 1 else random.SystemRandom().randrange(10_000)
    sys.stdout.write(f"{kills} kills; to do the same again: make kill KILLS={kills} SEED={seed}\n")
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for line in kill(Path(folder, "handbook"), kills, random.Random(seed)):
            bad += not line.endswith("the same")
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{bad} of them left something behind\n" if bad else "None of them left anything behind\n")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
