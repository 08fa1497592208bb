"""What GitHub and editors read: issue forms, labels, owners, the citation, and the schemas for VS Code."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from handbook.knowledge import COLLECTIONS
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GITHUB = ROOT / ".github"
FORMS = sorted(file for file in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if file.name != "config.yml")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")

#: What GitHub knows of each kind of field: the attributes that must be there, then those that may be.
#: https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
KINDS: dict[str, tuple[set[str], set[str]]] = {
    "markdown": ({"value"}, set()),
    "input": ({"label"}, {"description", "placeholder", "value"}),
    "textarea": ({"label"}, {"description", "placeholder", "value", "render"}),
    "dropdown": ({"label", "options"}, {"description", "multiple", "default"}),
    "checkboxes": ({"label", "options"}, {"description"}),
}


def read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def labels() -> set[str]:
    return {label["name"] for label in read(GITHUB / "labels.yml")}


def test_there_is_a_form_for_everything_that_somebody_may_want_to_report() -> None:
    assert [file.stem for file in FORMS] == [
        *("accessibility", "fact-missing", "fact-wrong", "site-fault", "translation"),
    ]


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_a_form_is_one_that_github_accepts(file: Path) -> None:
    form = read(file)
    assert form.keys() == {"name", "description", "title", "labels", "body"}
    assert set(form["labels"]) <= labels()
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert fields, "a form needs a field to fill in"
    ids, shown = [field["id"] for field in fields], [field["attributes"]["label"] for field in fields]
    assert len(set(ids)) == len(ids)
    assert len(set(shown)) == len(shown)
    assert [name for name in ids if not re.fullmatch(r"[A-Za-z0-9_-]+", name)] == []
    for field in form["body"]:
        assert field.keys() <= {"type", "id", "attributes", "validations"}
        needed, allowed = KINDS[field["type"]]
        assert needed <= field["attributes"].keys() <= needed | allowed, field
        assert field.get("validations", {}).keys() <= {"required"}
        options = field["attributes"].get("options", [])
        assert len(set(map(str, options))) == len(options)


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_everything_that_a_form_says_is_in_both_languages(file: Path) -> None:
    form = read(file)
    said = [form["name"], form["description"], form["title"].strip("［］")]
    for field in form["body"]:
        attributes = field["attributes"]
        said += [attributes[name] for name in ("label", "description", "value") if name in attributes]
        said += attributes.get("options", [])
    for text in said:
        japanese, between, english = text.partition("\n" if "\n" in text.strip() else " / ")
        # Some names are the same in both: PDF.
        if not between:
            assert re.fullmatch(r"[A-Z]+|source", text), text
            continue
        assert JAPANESE.search(japanese), text
        assert re.search(r"[A-Za-z]{2}", english), text
        assert not JAPANESE.search(english), text


def test_links_on_pages_can_fill_in_the_form_about_a_wrong_fact() -> None:
    form = read(GITHUB / "ISSUE_TEMPLATE" / "fact-wrong.yml")
    assert [field["id"] for field in form["body"] if "id" in field] == ["page", "says", "should", "source"]


def test_labels_have_a_colour_and_a_description_in_both_languages() -> None:
    listed = read(GITHUB / "labels.yml")
    assert len(labels()) == len(listed)
    for label in listed:
        assert label.keys() == {"name", "color", "description"}
        assert re.fullmatch(r"[0-9a-f]{6}", label["color"]), f"{label['name']}: quote a colour of digits alone"
        japanese, _, english = label["description"].partition(" / ")
        assert JAPANESE.search(japanese), label
        assert english, label
        assert len(label["description"]) <= 100, "GitHub cuts it off"


def test_the_form_of_pull_requests_asks_everything_in_both_languages() -> None:
    text = (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    asked = [line for line in text.splitlines() if line.startswith(("## ", "- [ ] "))]
    assert len(asked) > 5
    assert [line for line in asked if not (JAPANESE.search(line) and " / " in line)] == []


def test_every_folder_with_an_owner_exists() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    patterns = [line.lstrip("# ").split() for line in lines if re.match(r"(# )?[/*]\S* +@", line)]
    assert len(patterns) > 5
    for pattern, *_ in patterns:
        assert pattern == "*" or any(ROOT.glob(pattern.strip("/"))), pattern
    # GitHub finds fault with a name that is none.
    assert [line for line in lines if not line.startswith("#") and "…" in line] == []


def test_the_citation_has_what_the_citation_file_format_asks_for() -> None:
    citation = read(ROOT / "CITATION.cff")
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in ("dataset", "software")
    assert citation["license"] == "CC-BY-4.0"
    assert (ROOT / "LICENSES" / f"{citation['license']}.txt").exists()
    conf = (ROOT / "conf.py").read_text(encoding="utf-8")
    assert [author["name"] for author in citation["authors"]] == re.findall(r'^author = "(.*)"$', conf, re.MULTILINE)
    assert all(isinstance(citation[field], str) for field in ("version", "date-released"))
    date.fromisoformat(citation["date-released"])
    known = {"cff-version", "message", "type", "title", "abstract", "authors", "version", "date-released", "license"}
    assert citation.keys() <= known | {"keywords", "url", "repository-code", "doi"}


def without_comments(file: Path) -> Any:
    """Read JSON with comments on lines of their own, as VS Code does."""
    return json.loads(re.sub(r"^\s*//.*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE))


def test_vs_code_checks_every_file_of_records_against_its_schema() -> None:
    schemas = without_comments(ROOT / ".vscode/settings.json")["yaml.schemas"]
    assert schemas == {f"./knowledge/schemas/{name}.json": f"knowledge/{name}.yaml" for name in sorted(COLLECTIONS)}
    for schema, records in schemas.items():
        assert (ROOT / schema).is_file()
        assert (ROOT / records).is_file()


def test_the_container_brings_what_vs_code_recommends_and_what_tests_need() -> None:
    container = without_comments(ROOT / ".devcontainer/devcontainer.json")
    recommended = without_comments(ROOT / ".vscode/extensions.json")["recommendations"]
    assert container["customizations"]["vscode"]["extensions"] == recommended
    assert re.fullmatch(r"mcr\.microsoft\.com/devcontainers/python:3\.1[1-3](-\w+)?", container["image"])
    assert container["postCreateCommand"] == "make"
    assert {"chromium", "default-jre-headless"} <= set(container["onCreateCommand"].split())


@pytest.mark.parametrize("name", ["settings.json", "extensions.json"])
def test_git_keeps_the_settings_of_vs_code(name: str) -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"!/.vscode/{name}" in ignored
    assert ".vscode/" not in ignored, "a folder that is ignored takes its files along"


def test_the_changelog_begins_with_what_is_not_published_and_says_everything_in_both_languages() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert [one for one in headings[1:] if not re.fullmatch(r"\[\d{4}-\d\d-\d\d\] - \d{4}-\d\d-\d\d", one)] == []
    kinds = set(re.findall(r"^### \S+ / (\w+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    items = re.findall(r"^- (.+)\n(?:  (.+)\n)?", text, re.MULTILINE)
    assert items
    assert [item for item in items if not (JAPANESE.search(item[0]) and re.match(r"[A-Z]", item[1]))] == []
