"""Make handbooks of any size, for measuring and for testing at scale.

    from tools.synthetic import write_handbook
    write_handbook(folder, pages=400)

A synthetic handbook has what the real one has, in like proportion: parts of ten
pages, headings, paragraphs, lists and tables, citations, links to records and
figures, record cards and tables, a chart, English catalogues for all of it. The
words mean nothing; the same call always writes the same files.
"""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tools.environment import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: How much a page holds; about what the pages of the handbook hold.
PAGES_IN_A_PART, SECTIONS, PARAGRAPHS, SENTENCES = 10, 4, 2, 3

_WORDS = {
    "ja": "自治体 気候 持続可能 都市 会議 計画 参加 住民 地域 環境 協力 目標 報告 行動 支援 世界 事務局 会員 資料 交通 建物 水 "
    "森 エネルギー ネットワーク プログラム 排出 削減 生物 多様性 循環 調達 防災 学び 記録 年 国 連携 条約 宣言",
    "en": "cities climate local council plan members region water forest energy network report action support world "
    "office transport buildings emissions nature procurement resilience learning record year country treaty goal",
}
_JAPANESE, _ENGLISH = (words.split() for words in _WORDS.values())


class Writer:
    """Random words, and the English of everything that was written in Japanese."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.english: dict[str, str] = {}

    def phrase(self, words: int) -> str:
        """Return a heading or a name."""
        japanese = "の".join(self.chance.choice(_JAPANESE) for _ in range(words))
        return self._told(japanese, " ".join(self.chance.choice(_ENGLISH) for _ in range(words)).capitalize())

    def name(self, number: int) -> str:
        """Return a name that no sentence happens to hold."""
        japanese, english = self.chance.choice(_JAPANESE), self.chance.choice(_ENGLISH).capitalize()
        return self._told(f"{japanese}{number}号", f"{english} No. {number}")

    def sentence(self, links: Sequence[str] = ()) -> tuple[str, str]:
        """Return a sentence in both languages, with `links` in the middle of it."""
        middle = "、".join(links)
        half = [self.chance.choice(_JAPANESE) for _ in range(10)]
        japanese = "は".join(("".join(half[:5]), "と".join(half[5:]) + middle)) + "です。"
        words = [self.chance.choice(_ENGLISH) for _ in range(14)]
        english = " ".join([*words[:7], *links, *words[7:]]).capitalize() + "."
        return japanese, english

    def paragraph(self, links: Sequence[str] = (), citation: str = "") -> str:
        """Return a paragraph."""
        sentences = [self.sentence(links if index == 0 else ()) for index in range(SENTENCES)]
        cited = f"{{cite}}`{citation}`" if citation else ""
        japanese = "".join(text for text, _ in sentences).removesuffix("。") + f"{cited}。"
        return self._told(japanese, " ".join(text for _, text in sentences).removesuffix(".") + f" {cited}.")

    def alike(self, text: str) -> str:
        """Return what is the same in both languages."""
        return self._told(text, text)

    def take(self) -> dict[str, str]:
        """Return the English of what was written since the last call."""
        taken, self.english = self.english, {}
        return taken

    def _told(self, japanese: str, english: str) -> str:
        self.english.setdefault(japanese, english)
        return japanese


def write_handbook(folder: Path, *, pages: int, languages: Sequence[str] = ("en",), seed: int = 1) -> None:
    """Write a handbook of `pages` pages into `folder`, which must not be there yet, configured as the real one.

    In Japanese and `languages`, whose catalogues all hold the same English words.
    """
    folder.mkdir(parents=True)
    writer = Writer(seed)
    count = max(4, pages)
    shutil.copyfile(ROOT / "conf.py", folder / "conf.py")
    sources = [f"source-{number}" for number in range(count)]
    write(folder / "knowledge/sources.bib", "\n".join(_source(key) for key in sources))
    for name, records in _records(writer, count, sources):
        write(
            folder / f"knowledge/{name}.yaml", yaml.safe_dump(records, allow_unicode=True, width=4096, sort_keys=False)
        )
    catalogue(folder, "knowledge", writer.take())
    add_own_words(folder)
    for docname, text in _pages(writer, pages, count, sources):
        write(folder / f"docs/{docname}.md", text)
        catalogue(folder, docname, writer.take())
    for language in languages:
        if language != "en":
            shutil.copytree(folder / "locales/en", folder / "locales" / language)


def add_own_words(folder: Path) -> None:
    """Add the English of what the handbook itself says."""
    name = "locales/en/LC_MESSAGES/handbook.po"
    write(folder / name, (ROOT / name).read_text(encoding="utf-8"))


def _source(key: str) -> str:
    return (
        f"@online{{{key},\n  title = {{{{The report of {key}}}}},\n  publisher = {{Publisher}},\n"
        f"  url = {{https://example.org/{key}}},\n  urldate = {{2026-11-24}},\n  langid = {{english}},\n}}\n"
    )


def _records(writer: Writer, count: int, sources: Sequence[str]) -> Iterator[tuple[str, list[dict[str, object]]]]:
    programmes: list[dict[str, object]] = [
        {
            "id": f"programme-{number}",
            "name": writer.name(number),
            "kind": "programme",
            "since": 1990 + number % 30,
            "iclei_role": "lead",
            "summary": writer.paragraph(),
            "sources": [sources[number]],
        }
        for number in range(count)
    ]
    yield "programmes", programmes
    figures: list[dict[str, object]] = [
        {
            "id": f"figure-{number}",
            "name": writer.phrase(2),
            "pattern": "{value}",
            "observations": [
                {"value": 100 * year, "as_of": 2000 + year, "sources": [sources[number]]} for year in range(9, 1, -2)
            ],
        }
        for number in range(count)
    ]
    yield "figures", figures


def _pages(writer: Writer, pages: int, records: int, sources: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield name and text of each page; the first of each part leads to the others, and the root to all parts."""
    parts = [range(first, min(first + PAGES_IN_A_PART, pages)) for first in range(0, pages, PAGES_IN_A_PART)]
    for part, numbers in enumerate(parts):
        for number in numbers:
            text = _page(writer, number, records, sources)
            if number == numbers.start:
                inner = [f"page-{other}" for other in numbers[1:]]
                text += toctree(inner) if inner else ""
                yield f"part-{part}/index", text
            else:
                yield f"part-{part}/page-{number}", text
    described = "\n".join(f"```{{record}} programme-{number}\n```\n" for number in range(pages, records))
    histories = "\n".join(f"```{{observations}} figure-{number}\n```\n" for number in range(pages, records))
    yield "sources", f"# {writer.phrase(1)}\n\n{described}\n{histories}\n```{{bibliography}}\n```\n"
    yield "reference/translation-status", f"# {writer.phrase(2)}\n\n```{{translation-status}}\n```\n"
    listed = [*(f"part-{part}/index" for part in range(len(parts))), "sources", "reference/translation-status"]
    yield "index", f"# {writer.phrase(2)}\n\n{writer.paragraph()}\n\n" + toctree(listed)


def _page(writer: Writer, number: int, records: int, sources: Sequence[str]) -> str:
    lines = [f"(page-{number})=", f"# {writer.phrase(3)}", "", writer.paragraph()]
    for section in range(SECTIONS):
        lines += ["", f"(page-{number}-{section})=", f"## {writer.phrase(3)}"]
        for _ in range(PARAGRAPHS):
            other = writer.chance.randrange(records)
            links = (f"{{record}}`programme-{other}`", f"{{figure}}`figure-{other}`")
            lines += ["", writer.paragraph(links, sources[writer.chance.randrange(records)])]
        lines += ["", *(f"- {writer.phrase(4)}" for _ in range(4))]
    lines += ["", f"| {writer.phrase(1)} | {writer.phrase(2)} |", "|---|---|"]
    lines += [f"| {writer.phrase(2)} | {writer.phrase(5)} |" for _ in range(5)]
    lines += ["", f"```{{record}} programme-{number}", "```", "", f"```{{observations}} figure-{number}", "```"]
    lines += ["", f"```{{chart}} figure-{number}", "```", "", writer.alike(f"{{cite}}`{sources[number]}`"), ""]
    return "\n".join(lines)


def toctree(entries: Sequence[str]) -> str:
    """Return a toctree of pages."""
    return "\n".join(["", "```{toctree}", ":hidden:", "", *entries, "```", ""])


def catalogue(folder: Path, domain: str, messages: dict[str, str]) -> None:
    """Write the English catalogue of a page."""
    written = Catalog(locale="en")
    for japanese, english in messages.items():
        written.add(japanese, english)
    file = folder / f"locales/en/LC_MESSAGES/{domain}.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, written, width=0)


def write(file: Path, text: str) -> None:
    """Write a file, and the folders that it stands in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
