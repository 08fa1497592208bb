"""Valid HTML, by html-validate: `htmlvalidate.mjs` says which rules, and why a rule is off."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from tests.site.pages import EVERYTHING, NOT_FOUND, ROOT, Page
from tools.environment import find_node

CONFIGURATION = Path(__file__).with_name("htmlvalidate.mjs")
PROGRAM = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


@pytest.fixture(scope="module")
def mistakes(site: None, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, list[str]]:
    """What html-validate says about each page, from one run over all of them."""
    output = tmp_path_factory.mktemp("html-validate") / "report.json"
    files = [str(page.file) for page in (*EVERYTHING, NOT_FOUND)]
    options = ["--config", str(CONFIGURATION), "--formatter", f"json={output}"]
    done = subprocess.run(
        [find_node(ROOT), str(PROGRAM), *options, *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert output.exists(), f"html-validate did not run:\n{done.stdout}{done.stderr}"
    found = defaultdict(list)
    for report in json.loads(output.read_text(encoding="utf-8")):
        for message in report["messages"]:
            place = f"line {message['line']}, {message.get('selector') or 'no element'}"
            found[Path(report["filePath"])].append(f"{message['ruleId']}: {message['message']} ({place})")
    assert done.returncode == 0 or found, f"html-validate failed:\n{done.stdout}{done.stderr}"
    return found


def test_a_page_is_valid_html(page: Page, mistakes: dict[Path, list[str]]) -> None:
    found = mistakes.get(page.file, [])
    assert not found, f"{len(found)} mistakes\n" + "\n".join(found[:20])


def test_the_page_for_wrong_addresses_is_valid_html(mistakes: dict[Path, list[str]]) -> None:
    assert mistakes.get(NOT_FOUND.file, []) == []


def test_html_validate_finds_mistakes_at_all(tmp_path: Path) -> None:
    """A configuration that html-validate does not read would let everything pass."""
    (tmp_path / "page.html").write_text('<!DOCTYPE html><html lang="en"><p id="a"></p><p id="a"></p></html>')
    command = [find_node(ROOT), str(PROGRAM), "--config", str(CONFIGURATION), str(tmp_path / "page.html")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "no-dup-id" in done.stdout
