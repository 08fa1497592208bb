"""Catalogues: complete, in step with the sources, and true to the official names."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from handbook.knowledge import load
from tests.site.pages import LANGUAGES, PROJECT, ROOT, SITE, SOURCE_LANGUAGE, Page, docnames

if TYPE_CHECKING:
    from pathlib import Path

    from babel.messages.catalog import Catalog

#: One catalogue for each page, then records and our own words.
DOMAINS = [*docnames(), "knowledge", "handbook"]
#: Elements with text of our own.
NAMING = "p, li, td, th, dt, h1, h2, h3, h4, caption, figcaption"
TRANSLATED = [(language, domain) for language in LANGUAGES if language != SOURCE_LANGUAGE for domain in DOMAINS]


def read(language: str, domain: str) -> Catalog:
    file = PROJECT.locales / language / "LC_MESSAGES" / f"{domain}.po"
    with file.open(encoding="utf-8") as stream:
        return read_po(stream, locale=language, charset="utf-8")


@pytest.mark.translated
@pytest.mark.parametrize(("language", "domain"), TRANSLATED)
def test_a_catalogue_is_complete(language: str, domain: str) -> None:
    catalogue = read(language, domain)
    messages = [message for message in catalogue if message.id]
    assert messages, "the catalogue is empty"
    found = [f"not translated: {message.id}" for message in messages if not message.string]
    found += [f"fuzzy (look at it, then delete the mark): {message.id}" for message in messages if message.fuzzy]
    found += [f"obsolete (make translations removes it): {message.id}" for message in catalogue.obsolete.values()]
    assert not found, "\n".join(found)


def test_the_status_page_counts_what_the_catalogues_have(site: None) -> None:
    """The pages are counted while the site is built, the catalogues are in step with the templates."""
    for edition in LANGUAGES:
        published = json.loads((SITE / edition / "translation-status.json").read_text(encoding="utf-8"))
        for language in {language for language, _ in TRANSLATED}:
            numbers = {one["domain"]: one for one in published[language]["catalogues"]}
            assert sorted(numbers) == sorted(DOMAINS)
            for domain in DOMAINS:
                messages = [message for message in read(language, domain) if message.id]
                assert numbers[domain]["total"] == len(messages), domain
                assert numbers[domain]["translated"] == sum(bool(message.string) for message in messages), domain


def test_catalogues_are_in_step_with_the_sources(tmp_path: Path) -> None:
    copy = tmp_path / "handbook"
    copy.mkdir()
    for name in ("conf.py", "docs", "handbook", "knowledge", "locales"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy2(ROOT / name, copy / name)
    before = contents(copy / "locales")
    done = subprocess.run(
        [sys.executable, "-m", "handbook", "translations"],
        cwd=copy,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    after = contents(copy / "locales")
    changed = sorted(name for name in before | after if before.get(name) != after.get(name))
    assert not changed, "not in step; to bring them up to date: make translations\n" + "\n".join(changed)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.po")}


def test_official_english_names_are_used_exactly() -> None:
    """An official name is data; its translation must not drift from it."""
    catalogue = read("en", "knowledge")
    wrong = {}
    for record in load(PROJECT.knowledge, project=ROOT).records.values():
        if record.name_en:
            message = catalogue.get(record.name)
            if message is None or message.string != record.name_en:
                wrong[record.id] = (record.name_en, message and message.string)
    assert not wrong, "knowledge.po says something else than name_en:\n" + "\n".join(map(str, wrong.items()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_iclei_is_written_in_one_way(language: str, site: None) -> None:
    """With a dash between spaces; titles of sources stay as they are."""
    right, similar = "ICLEI – Local Governments for Sustainability", r"ICLEI\W+Local Governments for Sustainability"
    texts = [
        (name, tag.get_text())
        for name in docnames()
        if name != "reference/sources"
        for tag in Page(language, name).html.select(f"article :is({NAMING}):not(#page-sources *)")
    ]
    found = [(name, match) for name, text in texts for match in re.findall(similar, text)]
    assert found, "the name is nowhere"
    assert [(name, match) for name, match in found if match != right] == []
