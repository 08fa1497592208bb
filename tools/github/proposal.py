"""Proposes what a job has written as a pull request, in two steps, so that the job itself needs no right to write.

python3 -m tools.github.proposal save PATCH
python3 -m tools.github.proposal open PATCH --branch BRANCH --base BASE --title TITLE --body FILE
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.github import gh


def main(arguments: list[str] | None = None) -> int:
    """Save the changes of the checkout, or open a pull request with them. Returns 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    saving, opening = steps.add_parser("save"), steps.add_parser("open")
    for step in (saving, opening):
        step.add_argument("patch", type=Path)
    opening.add_argument("--branch", required=True, help="is written anew each time")
    opening.add_argument("--base", required=True, help="the branch that is to be brought up to date")
    opening.add_argument("--title", required=True)
    opening.add_argument("--body", required=True, type=Path)
    options = parser.parse_args(arguments)
    if options.step == "save":
        save(options.patch)
    else:
        propose(options.patch, options.branch, options.base, options.title, options.body)
    return 0


def save(patch: Path) -> None:
    """Write all changes of the checkout, new files, too, as a patch; an empty one if there are none."""
    gh.run("git", "add", "--all")
    gh.run("git", "diff", "--cached", "--binary", "--no-ext-diff", f"--output={patch}")
    print(gh.run("git", "diff", "--cached", "--stat") or "nothing has changed")


def propose(patch: Path, branch: str, base: str, title: str, body: Path) -> None:
    """Commit a patch on the branch and see that one pull request proposes it; an empty patch takes that back."""
    known = gh.numbers("pr", "--head", branch, where={"headRefName": branch, "isCrossRepository": False})
    if not patch.stat().st_size:
        for number in known:
            gh.run("gh", "pr", "close", number, "--comment", "もう必要ありません。 / Not needed any more.")
        print(f"nothing to propose; closed: {', '.join(known) or 'nothing'}")
        return
    gh.run("git", "switch", "--force-create", branch)
    gh.run("git", "apply", "--index", str(patch))
    identity = ("-c", f"user.name={gh.BOT}", "-c", f"user.email={gh.BOT_ADDRESS}")
    gh.run("git", *identity, "commit", "--quiet", "--message", title)
    # The checkout keeps no credentials: gh lends git its token for this one push.
    credentials = ("-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential")
    gh.run("git", *credentials, "push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}")
    if known:
        print(f"updated: {known[0]}")
        return
    created = gh.run(
        *("gh", "pr", "create", "--head", branch, "--base", base, "--title", title, "--body-file", str(body))
    )
    print("opened:", created.strip())


if __name__ == "__main__":
    raise SystemExit(main())
