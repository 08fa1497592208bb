"""`python -m handbook VERB`: what the Makefile calls."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from handbook.commands.project import Project

VERBS = {
    "build": "build the site and the books in all languages",
    "pdf": "set the PDFs, from the pages that have been read",
    "epub": "write the EPUBs, from the pages that have been read",
    "translations": "extract messages and update the catalogues",
    "check-translations": "check that translations say what the Japanese says",
    "translate-status": "count what is translated, page by page",
    "schemas": "write the JSON Schemas of the record files",
    "addresses": "list the addresses of the site that was built",
    "diagrams": "draw the diagrams that are missing or out of date",
}


def main() -> int:
    """Run one verb in the current folder and return its exit code."""
    parser = argparse.ArgumentParser(prog="handbook", description="Builds the ICLEI Handbook.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, description in VERBS.items():
        verb_parser = verbs.add_parser(verb, help=description)
        if verb == "translate-status":
            verb_parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON, not a table")
    options = vars(parser.parse_args())
    verb = options.pop("verb").replace("-", "_")
    # Imported on demand: drawing needs tools that building does not have.
    command = importlib.import_module(f"handbook.commands.{verb}")
    return int(command.run(Project(Path.cwd()), **options))


if __name__ == "__main__":
    raise SystemExit(main())
