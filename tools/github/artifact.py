"""Fetches an artifact of the newest run of a workflow that went well, to compare with. If there is none, that is told.

python3 -m tools.github.artifact --workflow FILE --branch BRANCH --name NAME --folder FOLDER
"""

from __future__ import annotations

import argparse
import json
import subprocess

from tools.github import gh


def main(arguments: list[str] | None = None) -> int:
    """Download the artifact. Returns 0, also if there is none: the first run has nothing to compare with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("workflow", "branch", "name", "folder"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args(arguments)
    filters = ("--workflow", options.workflow, "--branch", options.branch, "--status", "success", "--limit", "1")
    try:
        runs = json.loads(gh.run("gh", "run", "list", *filters, "--json", "databaseId"))
        if runs:
            number = str(runs[0]["databaseId"])
            gh.run("gh", "run", "download", number, "--name", options.name, "--dir", options.folder)
            print(f"from run {number}")
            return 0
    except subprocess.CalledProcessError:
        pass  # gh has said why: the artifact may be too old to be kept
    print(f"there is no artifact {options.name} to compare with")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
