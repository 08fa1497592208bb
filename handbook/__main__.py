"""`python -m handbook VERB`: what the Makefile calls."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from handbook.commands.clock import clock_problem
from handbook.commands.errors import plain_refusals
from handbook.commands.imports import imported_to_stay
from handbook.commands.project import Project

VERBS = {
    "build": "build the site and the books in all languages",
    "join": "make one site of languages that were built apart",
    "pdf": "set the PDFs, from the pages that have been read",
    "epub": "write the EPUBs, from the pages that have been read",
    "check": "check records, pages and links without building",
    "live": "serve the site and build what changes",
    "translations": "extract messages and update the catalogues",
    "check-translations": "check that translations say what the Japanese says",
    "translate-status": "count what is translated, page by page",
    "language": "add a language: make its catalogues",
    "schemas": "write the JSON Schemas of the record files",
    "addresses": "list the addresses of the site that was built",
    "diagrams": "draw the diagrams that are missing or out of date",
    "changes": "say what the working files change for readers (BASE: compared with which branch)",
    "links": "follow the links of the built site that lead elsewhere",
    "release": "put together what a release publishes (TAG: its name)",
}


def main() -> int:
    """Run one verb in the current folder and return its exit code."""
    parser = argparse.ArgumentParser(prog="handbook", description="Builds the ICLEI Handbook.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for verb, description in VERBS.items():
        command_line = verbs.add_parser(verb, help=description)
        if verb == "build":
            command_line.add_argument("--languages", default="", help="these alone, with spaces between them")
        if verb == "live":
            command_line.add_argument("--language", help="this language alone")
        if verb == "language":
            command_line.add_argument("tag", nargs="?", default="", metavar="LANGUAGE", help="its tag: ko, fr, pt_BR")
        if verb == "translate-status":
            command_line.add_argument("--json", action="store_true", dest="as_json", help="print JSON, not a table")
    given = vars(parser.parse_args())
    verb = given.pop("verb").replace("-", "_")
    if problem := clock_problem():
        sys.stderr.write(f"{problem}\n")
        return 1
    with plain_refusals():
        # Imported on demand: drawing needs tools that building does not have.
        with imported_to_stay():
            command = importlib.import_module(f"handbook.commands.{verb}")
        code = int(command.run(Project(Path.cwd()), **given))
        # Here, where it is known what to do if the reader of our output has gone
        sys.stdout.flush()
        return code


if __name__ == "__main__":
    raise SystemExit(main())
