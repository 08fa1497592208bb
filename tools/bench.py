"""`make bench`: how long building takes, on this machine, now.

    make bench              handbooks of 40 and 400 pages
    make bench PAGES=2000   ... and the pages of one of 2,000, and of one of 400 in ten languages

Each measurement is a run of its own, as `make` does it; what is compared is measured in the same run, in turns. "Clock"
is seconds that somebody waits, "work" seconds of all processors, memory that of the largest process. The tables are
printed, and written as JSON to build/bench.json.
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.commands.project import Project
from tools.environment import ROOT
from tools.rivals import write_same_text
from tools.running import begin, environment
from tools.synthetic import write_handbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tools.rivals import Rival

#: How often a run is repeated; the fastest counts, since whatever else the machine does only adds time.
RUNS = 3
#: Pages of the synthetic handbooks that are always measured.
SMALL, LARGE = 40, 400
#: Languages besides Japanese of the one that has many.
_MANY = ("en", "da", "de", "es", "fi", "fr", "it", "nl", "sv")
#: How long `make live` may take, in seconds, to write what is not looked at: before the next change, that must be done.
_REST = 5

_CLOCK = attrgetter("clock")
_BUILD, _PDF, _HTML = (
    [sys.executable, "-m", "handbook", "build"],
    [sys.executable, "-m", "handbook", "pdf"],
    [sys.executable, "-m", "tools.build_html"],
)


@dataclass(frozen=True)
class Measurement:
    """What was measured: seconds of the clock, seconds of processors, and megabytes of the largest process.

    Of a process that goes on, the clock alone.
    """

    clock: float
    work: float | None = None
    megabytes: float | None = None


def main(largest: str = "") -> int:
    """Measure, print and write everything. `largest`: pages of a third handbook. Returns 0, or 2 if that is no number."""
    if not (largest or str(LARGE)).isdecimal():
        sys.stderr.write(f"PAGES is '{largest}', which is no number of pages. To mend it: make bench PAGES=2000\n")
        return 2
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        rivals = write_same_text(Path(folder, "same"), pages=SMALL)
        for what, measured in (("from nothing", _cold(rivals)), ("one sentence changed", _changed(rivals))):
            for rival in rivals:
                report.add(f"{SMALL} pages, {rival.name}: {what}", measured[rival.name])
            for rival in rivals[1:]:
                report.compare(f"{SMALL} pages, {rivals[0].name}", f"{SMALL} pages, {rival.name}", what)
        _days_work(report, ROOT, "this handbook")
        for pages in sorted({SMALL, LARGE, int(largest or LARGE)}):
            project = Path(folder, f"{pages}-pages")
            write_handbook(project, pages=pages)
            # Books of thousands of pages take more memory than most machines have.
            measure = _days_work if pages <= LARGE else _pages_alone
            measure(report, project, f"{pages} pages", runs=RUNS if pages == SMALL else 1)
            if pages <= LARGE:
                report.compare(f"{pages} pages", f"{SMALL} pages", "PDFs, set anew")
            report.compare(f"{pages} pages", f"{SMALL} pages", "HTML, from nothing", each=pages / SMALL)
            shutil.rmtree(project)
        if largest:
            project = Path(folder, "languages")
            write_handbook(project, pages=LARGE, languages=_MANY)
            name = f"{LARGE} pages in {len(_MANY) + 1} languages"
            _pages_alone(report, project, name, runs=1)
            report.compare(name, f"{LARGE} pages", "HTML, from nothing", each=(len(_MANY) + 1) / 2)
    file = ROOT / "build" / "bench.json"
    file.write_text(report.as_json(), encoding="utf-8")
    return 0


class Report:
    """Collects measurements and ratios, and prints each as it comes."""

    def __init__(self) -> None:
        self._measurements: dict[str, Measurement] = {}
        self._ratios: dict[str, float] = {}
        sys.stdout.write(f"{'':<52}{'clock':>9}{'work':>9}{'memory':>10}\n")

    def add(self, name: str, measured: Measurement) -> None:
        """Take a measurement."""
        self._measurements[name] = measured
        work = "–" if measured.work is None else f"{measured.work:.2f} s"
        memory = "–" if measured.megabytes is None else f"{measured.megabytes:.0f} MB"
        sys.stdout.write(f"{name:<52}{measured.clock:7.2f} s{work:>9}{memory:>10}\n")
        sys.stdout.flush()

    def compare(self, one: str, other: str, what: str, *, each: float = 1) -> None:
        """Put two measurements in proportion; `each`: how many times as much there was to do."""
        first, second = (self._measurements[f"{name}: {what}"] for name in (one, other))
        if first is second:
            return
        name = f"{one} to {other}, {what}" + (", per page" if each != 1 else "")
        self._ratios[name] = first.clock / second.clock / each
        sys.stdout.write(f"  {name}: {self._ratios[name]:.2f}\n")

    def as_json(self) -> str:
        """Return everything, with what it was measured on."""
        report = {
            "machine": {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()},
            "measurements": {name: asdict(measured) for name, measured in self._measurements.items()},
            "ratios": self._ratios,
        }
        return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _days_work(report: Report, project: Path, name: str, runs: int = RUNS) -> None:
    """Measure what contributors wait for: a first build, one after nothing has changed, after a sentence has, the PDFs."""
    with _own_build(project) as build:
        _pages(report, project, name, runs)
        report.add(f"{name}: all, from nothing", _best(1, lambda: _run(project, _BUILD), lambda: _remove(build)))
        report.add(f"{name}: all, nothing changed", _best(runs, lambda: _run(project, _BUILD)))
        with _changing(project) as change:
            report.add(f"{name}: all, one sentence changed", _best(runs, lambda: _run(project, _BUILD), change))
            report.add(f"{name}: shown by make live", _shown(project, change, runs))
        report.add(
            f"{name}: PDFs, set anew", _best(runs, lambda: _run(project, _PDF), lambda: _remove(build / "typst"))
        )


def _pages_alone(report: Report, project: Path, name: str, runs: int = RUNS) -> None:
    """Measure what of it has to do with the site."""
    with _own_build(project):
        _pages(report, project, name, runs)


def _pages(report: Report, project: Path, name: str, runs: int) -> None:
    build = project / "build"
    report.add(f"{name}: HTML, from nothing", _best(runs, lambda: _run(project, _HTML), lambda: _remove(build)))
    with _changing(project) as change:
        report.add(f"{name}: HTML, one sentence changed", _best(runs, lambda: _run(project, _HTML), change))
    # That the page has come back is a change, too.
    _run(project, _HTML)
    report.add(f"{name}: HTML, nothing changed", _best(runs, lambda: _run(project, _HTML)))


@contextmanager
def _own_build(project: Path) -> Iterator[Path]:
    """Yield an empty place for what is built; what there was comes back."""
    build, kept = project / "build", project / "kept-by-bench"
    if build.exists():
        build.rename(kept)
    try:
        yield build
    finally:
        _remove(build)
        if kept.exists():
            kept.rename(build)


def _cold(rivals: Sequence[Rival]) -> dict[str, Measurement]:
    """Measure builds of both languages from nothing, with the environment warm."""
    for rival in rivals:
        _build(rival)
    return _in_turns(rivals, lambda rival: _remove(rival.folder / "build"))


def _changed(rivals: Sequence[Rival]) -> dict[str, Measurement]:
    """Measure builds of both languages after a sentence has changed."""
    with ExitStack() as stack:
        changes = {rival.name: stack.enter_context(_changing(rival.folder, rival.page)) for rival in rivals}
        return _in_turns(rivals, lambda rival: changes[rival.name]())


def _in_turns(rivals: Sequence[Rival], before: Callable[[Rival], None]) -> dict[str, Measurement]:
    """Return the fastest of some builds by each tool. They take turns: a machine that slows down does so for all."""
    measured: dict[str, list[Measurement]] = {rival.name: [] for rival in rivals}
    for _ in range(RUNS):
        for rival in rivals:
            before(rival)
            measured[rival.name].append(_build(rival))
    return {name: min(runs, key=_CLOCK) for name, runs in measured.items()}


def _build(rival: Rival) -> Measurement:
    return _run(rival.folder, *rival.commands)


def _shown(project: Path, change: Callable[[], None], runs: int) -> Measurement:
    """Measure how long after a change `make live` shows the page in all languages."""
    with begin("live", project) as live:
        lines = live.stdout
        assert lines
        try:
            _wait_for(lines, "Ctrl-C")

            def show() -> Measurement:
                before = time.perf_counter()
                change()
                for _ in Project(project).languages():
                    _wait_for(lines, "shown after")
                return Measurement(time.perf_counter() - before)

            return _best(runs, show, lambda: time.sleep(_REST))
        finally:
            live.send_signal(signal.SIGINT)
            live.communicate()


def _wait_for(lines: Iterable[str], wanted: str) -> None:
    """Wait for a line that holds `wanted`. Raises `SystemExit` if there is none."""
    if not any(wanted in line for line in lines):
        raise SystemExit(f"'make live' ended before it said '{wanted}'")


@contextmanager
def _changing(project: Path, name: Path | None = None) -> Iterator[Callable[[], None]]:
    """Yield what adds a sentence to a page, each time it is called; the page comes back as it was."""
    page = project / name if name else next(iter(sorted(project.glob("docs/*/[a-z]*-*.md"))))
    text = page.read_text(encoding="utf-8")
    times = itertools.count(1)
    try:
        yield lambda: _write(page, text + "\n文です。\n" * next(times))
    finally:
        _write(page, text)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _best(runs: int, measure: Callable[[], Measurement], before: Callable[[], None] = lambda: None) -> Measurement:
    """Return the fastest of some runs; `before` each, what must be."""

    def each() -> Iterator[Measurement]:
        for _ in range(runs):
            before()
            yield measure()

    return min(each(), key=_CLOCK)


def _run(project: Path, *commands: Sequence[str]) -> Measurement:
    """Run commands side by side until all have ended."""
    work = megabytes = 0.0
    with tempfile.TemporaryFile() as said:
        before = time.perf_counter()
        started = [
            subprocess.Popen(command, cwd=project, env=environment(), stdout=subprocess.DEVNULL, stderr=said)
            for command in commands
        ]
        for process in started:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            # What a process has used with those that it started; the memory is that of the largest of them.
            work += usage.ru_utime + usage.ru_stime
            megabytes = max(megabytes, usage.ru_maxrss / 1024)
        clock = time.perf_counter() - before
        if any(process.returncode for process in started):
            said.seek(0)
            errors = said.read().decode(errors="replace")
            raise SystemExit(f"{errors}\nThis failed in {project}: {[process.args for process in started]}")
    return Measurement(clock, work, megabytes)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
