"""What has been read is built, too: strange records, sources and translations, in all formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.commands import formats
from handbook.commands.page_errors import LOG
from tests.fuzz.building import build, project_with
from tests.fuzz.judging import cases, folder
from tests.fuzz.mutations import values
from tests.fuzz.pages import PAGE, RECORDS, SNIPPETS
from tests.fuzz.test_sources import strange_entries

if TYPE_CHECKING:
    from handbook.commands.formats import Format
    from handbook.commands.project import Project

# What the packages underneath will change is for `make next` to find.
pytestmark = pytest.mark.filterwarnings("ignore")

NUMBERS = st.sampled_from(("inf", "nan", "1e999", "-1", "0", "1e-400", "9" * 400, "1_0", "0x1", "1e300", "２", " 1 "))
DATES = st.sampled_from(("0001", "9999-12-31", "0001/..", "../9999", "2000~/2001?", "0000", "2000-02-30", "1990-09"))


def judge(project: Project, make: Format, language: str = "ja") -> None:
    build(project, make, language)
    assert not (log := project.build / LOG).exists(), log.read_text(encoding="utf-8")


@cases(0.05)
@given(
    name=values(),
    number=NUMBERS | values(),
    one=DATES | values(),
    other=DATES,
    make=st.sampled_from((formats.html, formats.epub, formats.pdf)),
)
def test_strange_values_of_records_are_built_or_told(
    name: str, number: str, one: str, other: str, make: Format
) -> None:
    with folder() as root:
        project = project_with(root / "project", PAGE.encode())
        for file, text in RECORDS.items():
            for old, new in (("1200", number), ("会議", name), ("1990-09-05", one), ("2012-03", other)):
                text = text.replace(old, new)
            (project.knowledge / f"{file}.yaml").write_bytes(text.encode(errors="replace"))
        judge(project, make)


@cases(0.05)
@given(strange_entries())
def test_strange_sources_are_built_or_told(data: bytes) -> None:
    with folder() as root:
        project = project_with(root / "project", PAGE.encode())
        file = project.knowledge / "sources.bib"
        file.write_bytes(file.read_bytes() + b"\n" + data)
        judge(project, formats.html)


@cases(0.05)
@given(text=st.sampled_from(SNIPPETS) | values(), make=st.sampled_from((formats.html, formats.epub, formats.pdf)))
def test_strange_translations_are_built_or_told(text: str, make: Format) -> None:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    with folder() as root:
        project = project_with(root / "project", "(topic)=\n# 題名\n\n本文です。\n\n- 項目\n".encode())
        file = project.locales / "en/LC_MESSAGES/page.po"
        file.parent.mkdir(parents=True)
        entries = "".join(f'msgid "{one}"\nmsgstr "{quoted}"\n\n' for one in ("題名", "本文です。", "項目"))
        file.write_bytes((head + entries).encode(errors="replace"))
        judge(project, make, "en")
