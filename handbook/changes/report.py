"""Says in Markdown, in Japanese and English, what a change means to readers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handbook.changes.facts import FactChange, FieldChange
    from handbook.changes.messages import CatalogueChange
    from handbook.changes.pages import PageChange

KINDS = {"added": "追加 / new", "removed": "削除 / gone", "moved": "移動 / moved", "changed": "変更 / changed"}

#: What Markdown and HTML would take for more than text.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~])")
#: How many items are shown where they only follow from others, and where they are what matters.
_FOLLOWING, _MATTERING = 20, 200
#: How many letters a text may have to be shown whole, and how many are shown around what differs in a longer one.
_LONG, _AROUND = 60, 12


@dataclass(frozen=True)
class Changes:
    """All that a report tells. `books` gives the pages of each PDF before and now; `None` where there is no book."""

    base: str
    pages: Sequence[PageChange]
    showing: Sequence[tuple[str, str]]
    facts: Sequence[FactChange]
    catalogues: Sequence[CatalogueChange]
    books: Mapping[str, tuple[int | None, int]]
    made_again: Sequence[str]


@dataclass(frozen=True)
class Links:
    """Where pages can be looked at; an address that is not known is empty.

    `source` is the address of the files as this change leaves them, `site` that of the site as it is published now.
    """

    source: str = ""
    site: str = ""

    def to(self, name: str, title: str, *, published: bool = True) -> str:
        """Return the title of a page with links to its file and to the published page in Japanese."""
        label = f"{plain(title)} `docs/{name}.md`"
        if self.source:
            label = f"[{plain(title)}]({self.source}/docs/{name}.md) `docs/{name}.md`"
        if self.site and published:
            label += f"（[公開中 / published]({self.site}/ja/{name}.html)）"
        return label


def markdown(changes: Changes, links: Links) -> str:
    """Return the report, one line or paragraph to an item."""
    return "\n".join(_lines(changes, links)) + "\n"


def plain(text: str) -> str:
    """Return text as Markdown that shows it as it is, in one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _lines(changes: Changes, links: Links) -> Iterator[str]:
    yield "# 読者にとって変わること / What changes for readers"
    yield ""
    yield f"`{changes.base}` と比べました。 / Compared with `{changes.base}`."
    sections = (
        ("ページ / Pages", [*_few([*_pages(changes.pages, links)], _MATTERING)]),
        ("記録を通して変わるページ / Pages that show changed records", [*_showing(changes, links)]),
        ("事実 / Facts", [*_few([*_facts(changes.facts)], _MATTERING)]),
        ("翻訳する文 / Messages to translate", [*_catalogues(changes.catalogues)]),
        ("PDFのページ数 / Pages of the PDFs", [*_books(changes.books)]),
    )
    told = False
    for title, lines in sections:
        if lines:
            told = True
            yield from ("", f"## {title}", "", *lines)
    if not told:
        yield ""
        yield "読者に見える変更はありません。 / Nothing that readers see has changed."
    yield from _made_again(changes.made_again)


def _pages(pages: Sequence[PageChange], links: Links) -> Iterator[str]:
    for page in pages:
        if page.kind == "removed":
            yield f"- **{KINDS[page.kind]}**: {plain(page.title)} `docs/{page.name}.md`"
            continue
        counted = f" (+{page.added} −{page.removed})"
        moved = f" ← `docs/{page.before}.md`" if page.before else ""
        shown = links.to(page.name, page.title, published=page.kind == "changed")
        yield f"- **{KINDS[page.kind]}**: {shown}{moved}{counted}"


def _showing(changes: Changes, links: Links) -> Iterator[str]:
    themselves = {page.name for page in changes.pages}
    yield from _few([f"- {links.to(name, title)}" for name, title in changes.showing if name not in themselves])


def _facts(facts: Sequence[FactChange]) -> Iterator[str]:
    for fact in facts:
        name = f"{plain(fact.name)} / {plain(fact.name_en)}" if fact.name_en else plain(fact.name)
        yield f"- **{KINDS[fact.kind]}**: {name} `{fact.id}` (`knowledge/{fact.file}`)"
        for field in fact.fields:
            yield f"  - `{field.field.replace('`', '')}`: {_before_and_after(field)}"


def _before_and_after(field: FieldChange) -> str:
    if field.before is None:
        return f"追加 / new: {plain(field.after or '')}"
    if field.after is None:
        return f"削除 / gone: {plain(field.before)}"
    before, after = _focused(field.before, field.after)
    return f"{plain(before)} → **{plain(after)}**"


def _focused(before: str, after: str) -> tuple[str, str]:
    """Leave out what two long texts have in common at both ends, but for some letters around what differs."""
    if max(len(before), len(after)) <= _LONG:
        return before, after
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    first, last = max(start - _AROUND, 0), max(end - _AROUND, 0)
    cut = [text[first : len(text) - last] for text in (before, after)]
    old, new = ["…" * (first > 0) + text + "…" * (last > 0) for text in cut]
    return old, new


def _alike(one: str, other: str) -> int:
    """Count the letters with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _catalogues(catalogues: Sequence[CatalogueChange]) -> Iterator[str]:
    if not catalogues:
        return
    yield "| カタログ / Catalogue | 新しい文 / New | 訳を待つ文 / Untranslated | なくなった文 / Gone |"
    yield "|---|--:|--:|--:|"
    for catalogue in catalogues:
        name = f"`locales/{catalogue.language}/LC_MESSAGES/{catalogue.domain}.po`"
        yield f"| {name} | {len(catalogue.new)} | {catalogue.waiting} | {catalogue.gone} |"
    # In the catalogues of one language all messages are told; in others they are the same.
    first = catalogues[0].language
    messages = [text for catalogue in catalogues if catalogue.language == first for text in catalogue.new]
    if messages:
        yield from ("", "<details><summary>新しい文 / The new messages</summary>", "")
        yield from _few([f"- {plain(text)}" for text in messages])
        yield from ("", "</details>")


def _books(books: Mapping[str, tuple[int | None, int]]) -> Iterator[str]:
    for name, (before, now) in books.items():
        if before is None:
            yield f"- `{name}`: {now}"
        elif before == now:
            yield f"- `{name}`: {now}（同じ / the same）"
        else:
            yield f"- `{name}`: {before} → **{now}** ({now - before:+d})"


def _made_again(files: Sequence[str]) -> Iterator[str]:
    if not files:
        return
    yield from ("", "## つくり直されるファイル / Files that are made again", "")
    yield (
        "次のファイルは、変更に合わせて`make refresh`がつくり直すものです。あなたが直す必要はありません。"
        "変更が取り込まれると、ワークフローが更新のプルリクエストを開きます。"
    )
    yield ""
    yield (
        "These files follow from the change, and `make refresh` writes them. You need not do anything: "
        "once the change is merged, a workflow opens a pull request that brings them up to date."
    )
    yield ""
    yield from _few([f"- `{name}`" for name in files])


def _few(lines: Sequence[str], shown: int = _FOLLOWING) -> Iterator[str]:
    """Yield the first lines, and how many there are besides: a report that nobody reads to its end helps nobody."""
    yield from lines[:shown]
    if (more := len(lines) - shown) > 0:
        yield f"- ほか{more}件 / and {more} more"
