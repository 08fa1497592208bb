"""Links glossary terms where a page first uses them, with their definition at hand.

Readers see the definition when they point at the word or reach it with the
keyboard; the link leads to the glossary, so nothing is lost without either.

Only running text is searched: headings, tables, captions, code, links and the
words of records keep their looks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from handbook.content.domain import record_domain
from handbook.content.editions import edition_of
from handbook.content.selection import Selection
from handbook.knowledge import Term
from handbook.translation.script import is_japanese

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from handbook.translation import Edition, Localized

#: Elements whose text is left alone.
_UNTOUCHED = (
    nodes.title,
    nodes.caption,
    nodes.table,
    nodes.container,
    nodes.figure,
    nodes.literal,
    nodes.literal_block,
    nodes.reference,
    nodes.term,
    nodes.field_list,
    nodes.raw,
    pending_xref,
)

_KANJI, _KATAKANA = re.compile(r"[\u3005\u3400-\u9fff]"), re.compile(r"[\u30a1-\u30fa\u30fc]")


class term_use(nodes.inline):  # noqa: N801 - docutils writes nodes in small letters
    """A word of the text that the glossary explains.

    Attributes: `term` (record id), `definition` and `definition_language`.
    """


def link_terms(app: Sphinx, doctree: nodes.document) -> None:
    """Link the first use of each term on a page (event `doctree-read`)."""
    edition = edition_of(app)
    terms = _by_wording(edition)
    if not terms or any("record" in node for node in doctree.findall(nodes.term)):
        return
    pattern = _pattern(terms)
    linked: set[str] = set()
    for text in list(_running_text(doctree)):
        parts = list(_parts(str(text), pattern, terms, linked, edition))
        if len(parts) > 1 or not isinstance(parts[0], nodes.Text):
            text.parent.replace(text, parts)
    for term_id in linked:
        record_domain(app.env).note_use(Selection.of(term_id))


def pages_with_new_wordings(
    app: Sphinx, env: BuildEnvironment, added: Set[str], changed: Set[str], removed: Set[str]
) -> Iterable[str]:
    """Return every page if a term is new, gone or called otherwise, since any page may use it (`env-get-outdated`)."""
    data = record_domain(env).data
    now = {wording: term.id for wording, term in _by_wording(edition_of(app)).items()}
    before = data.get("wordings", now)
    data["wordings"] = now
    return sorted(env.found_docs) if now != before else []


def _by_wording(edition: Edition) -> dict[str, Term]:
    """Return terms by what a page calls them, in small letters."""
    terms: dict[str, Term] = {}
    for term in edition.base.all(Term):
        name = edition.name(term)
        if name.language == edition.language and not term.everyday:
            terms.setdefault(name.text.casefold(), term)
    return terms


def _pattern(terms: dict[str, Term]) -> re.Pattern[str]:
    """Match any term, the longest first; words of letters only as whole words, also in the plural."""
    wordings = sorted(terms, key=len, reverse=True)
    alternatives = (
        re.escape(wording) if is_japanese(wording) else rf"(?<!\w){re.escape(wording)}(?:s|es)?(?!\w)"
        for wording in wordings
    )
    return re.compile("|".join(alternatives), re.IGNORECASE)


def _meant(found: str, terms: dict[str, Term]) -> Term:
    """Return the term that was found, in the singular or in the plural."""
    return next(terms[word] for word in (found, found.removesuffix("s"), found.removesuffix("es")) if word in terms)


def _in_a_name(match: re.Match[str], term: Term, edition: Edition) -> bool:
    """Tell whether what was found is a piece of a longer word or name: 地方[自治体], Environment [Agency], to [chair]."""
    text, found = match.string, match.group()
    before, after = text[: match.start()], text[match.end() :]
    if is_japanese(found):
        return bool(_alike(found[0], before[-1:]) or _alike(found[-1], after[:1]))
    if before.lower().endswith("to ") and found.islower() and " " not in found:
        return True
    name = edition.name(term).text
    capital = found[0].isupper() and name[0].islower()
    return capital and bool(
        re.search(r"[A-Z][\w’'-]* (of |for |and )?$", before) or re.match(r" (of |for |and )?[A-Z]", after)
    )


def _alike(one: str, other: str) -> bool:
    """Tell whether two neighbours are of one script, ideographs or katakana, so that no word ends between them."""
    return any(script.fullmatch(one) and script.fullmatch(other) for script in (_KANJI, _KATAKANA))


def _running_text(doctree: nodes.document) -> Iterator[nodes.Text]:
    for paragraph in doctree.findall(nodes.paragraph):
        # What is made from records is not for translation, nor for this.
        if not paragraph.get("translatable", True) or _inside(paragraph, doctree):
            continue
        for text in paragraph.findall(nodes.Text):
            if not _inside(text, paragraph):
                yield text


def _inside(node: nodes.Node, limit: nodes.Element) -> bool:
    """Tell whether something untouched, or in a language of its own, stands between `node` and `limit`."""
    parent = node.parent
    while parent is not None and parent is not limit:
        classes = parent.get("classes", ())
        if isinstance(parent, _UNTOUCHED) or any(name.startswith("language-") for name in classes):
            return True
        parent = parent.parent
    return False


def _parts(
    text: str, pattern: re.Pattern[str], terms: dict[str, Term], linked: set[str], edition: Edition
) -> Iterator[nodes.Node]:
    """Cut `text` at the terms that it is the first to use; `linked` remembers them."""
    done = 0
    for match in pattern.finditer(text):
        term = _meant(match.group().casefold(), terms)
        if term.id in linked or _in_a_name(match, term, edition):
            continue
        linked.add(term.id)
        if match.start() > done:
            yield nodes.Text(text[done : match.start()])
        definition: Localized = edition.translation.text(term.summary)
        yield term_use(
            "",
            match.group(),
            term=term.id,
            definition=definition.text,
            definition_language=definition.language,
        )
        done = match.end()
    if done < len(text) or not done:
        yield nodes.Text(text[done:])
