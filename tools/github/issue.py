"""Keeps one issue about something that is checked from time to time: opens it, updates it, closes it.

python3 -m tools.github.issue --title TITLE --outcome success|failure --report FILE [--run ADDRESS]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tools.github import gh

#: GitHub takes 65,536 characters.
_LONGEST = 60_000
_CUT = "\n\n…（長いので、ここまで。 / Cut here, for it is long.）\n"


def main(arguments: list[str] | None = None) -> int:
    """Open, update or close the issue, and say what was done. Returns 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--title", required=True, help="tells the issue from others; always the same")
    parser.add_argument("--outcome", required=True, choices=("success", "failure"), help="of the step that checked")
    parser.add_argument("--report", required=True, type=Path, help="Markdown, or the log of a program (.log)")
    parser.add_argument("--run", default="", help="address of the workflow run")
    options = parser.parse_args(arguments)
    # Only an issue that a workflow opened: anyone may open one with this title.
    known = gh.numbers("issue", "--app", "github-actions", where={"title": options.title})
    if options.outcome == "success":
        for number in known:
            done = f"いまは問題ありません。 / All is well now. {options.run}".strip()
            gh.run("gh", "issue", "close", number, "--comment", done)
        print(f"all is well; closed: {', '.join(known) or 'nothing'}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        body = Path(folder, "body.md")
        body.write_text(_body(options.report, options.run), encoding="utf-8")
        if known:
            gh.run("gh", "issue", "edit", known[0], "--body-file", str(body))
            print(f"updated: {known[0]}")
        else:
            print(
                "opened:", gh.run("gh", "issue", "create", "--title", options.title, "--body-file", str(body)).strip()
            )
    return 0


def _body(report: Path, run: str) -> str:
    """Return the report, a log by its end, and which run it comes from."""
    text = report.read_text(encoding="utf-8", errors="replace").strip()
    if report.suffix == ".log":
        # A fence that is longer than any in the log.
        text = f"~~~~~~~~\n{text[-_LONGEST // 2 :].strip()}\n~~~~~~~~"
    footer = f"\n\n---\n\n更新 / Updated by: {run}\n" if run else "\n"
    return (text[:_LONGEST] + _CUT if len(text) > _LONGEST else text) + footer


if __name__ == "__main__":
    raise SystemExit(main())
