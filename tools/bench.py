"""`make bench`: how long building takes, on this machine, now.

Each measurement is a run of its own, as `make` does it; what is compared is
measured in the same run, one after the other. Times are seconds of the clock,
memory is that of the largest process. The table is printed, and written as
JSON to build/bench.json.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.synthetic import ROOT, write_handbook

#: How often each run is repeated; the fastest counts, since whatever else the machine does only adds time.
RUNS = 3
#: Pages of the synthetic handbooks whose times are compared.
SMALL, LARGE = 40, 400


@dataclass(frozen=True)
class Measurement:
    """What was measured: seconds, and megabytes of the largest process."""

    name: str
    seconds: float
    megabytes: float


def main() -> int:
    """Measure, print and write everything. Returns 0."""
    measurements = [*_books_of(ROOT, "handbook")]
    with tempfile.TemporaryDirectory() as folder:
        for pages in (SMALL, LARGE):
            project = Path(folder, f"{pages}-pages")
            write_handbook(project, pages=pages)
            measurements += _books_of(project, f"{pages} pages", runs=1 if pages == LARGE else RUNS)
    small, large = (next(one for one in measurements if one.name.startswith(f"{pages} ")) for pages in (SMALL, LARGE))
    ratio = large.seconds / small.seconds
    for one in measurements:
        sys.stdout.write(f"{one.name:<44} {one.seconds:7.2f} s {one.megabytes:7.0f} MB\n")
    sys.stdout.write(f"{LARGE // SMALL} times the text takes {ratio:.1f} times as long to set\n")
    report = {
        "machine": {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()},
        "measurements": [asdict(one) for one in measurements],
        "ratios": {f"pdf, {LARGE} pages to {SMALL}": ratio},
    }
    file = ROOT / "build" / "bench.json"
    file.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return 0


def _books_of(project: Path, name: str, runs: int = RUNS) -> list[Measurement]:
    """Measure `make pdf` after `make`: set anew, and where nothing has changed."""
    _run(project, "build")
    anew = []
    for _ in range(runs):
        shutil.rmtree(project / "build" / "typst")
        anew.append(_run(project, "pdf"))
    same = [_run(project, "pdf") for _ in range(runs)]
    return [
        Measurement(f"{name}: make pdf, both languages", *min(anew)),
        Measurement(f"{name}: make pdf, nothing changed", *min(same)),
    ]


def _run(project: Path, verb: str) -> tuple[float, float]:
    """Run a verb; return seconds and megabytes."""
    command = [sys.executable, "-m", "handbook", verb]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    before = time.perf_counter()
    process = subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - before
    if status:
        raise SystemExit(f"`{' '.join(command)}` failed in {project}")
    # Of the process or of one of those that it started, whichever was largest.
    return seconds, usage.ru_maxrss / 1024


if __name__ == "__main__":
    raise SystemExit(main())
