"""A language that nobody speaks: it shows what no translation reaches.

    python -m tools.pseudo        # make pseudo

Every message gets a translation that a machine made: «…» around it, Japanese letters become longer Latin syllables. What a
page then says outside of «…» has come past the catalogues, and no translator could ever change it. What is marked as
another language may stand there, abbreviations and publishers, and what Babel writes: numbers and dates.

The language is called Esperanto, because Babel and Sphinx must know it, and because its dates are like no others.
"""

from __future__ import annotations

import multiprocessing
import re
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po, write_po
from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, Tag

from handbook.commands import formats, translations
from handbook.commands.project import SOURCE_LANGUAGE, Project
from handbook.content.address import base_url
from handbook.knowledge import load
from handbook.site.plain import write_entrance, write_not_found
from handbook.translation.catalogue import catalogue_path
from handbook.translation.extract import THEME
from handbook.translation.languages import locale_of, own_name
from handbook.translation.script import JAPANESE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.knowledge import KnowledgeBase

PSEUDO = "eo"
OPEN, CLOSE = "«", "»"

#: What stays punctuation, so that markup beside it stays markup.
_PUNCTUATION = str.maketrans("、。・", ",.-")
_LETTERS = re.compile(rf"(?:(?![、。・]){JAPANESE.pattern})+")
_SYLLABLES = re.findall("..", "babeĉidadofeĝigagoĥaĵukakilalomamenanopaperirosaŝutatoŭevazo")
#: After so many letters there is a space, so that lines can be broken.
_WORD = 4

_WORDS = re.compile(r"[^\W\d_]{2,}")
_ADDRESS = re.compile(rf"https?://[^\s{OPEN}{CLOSE}]+")
#: Names of formats, licences, programs and of who made the handbook.
_ALLOWED = "PDF EPUB CC BY MIT BibTeX JSON Schema JSON-LD Turtle SHACL CSV SVG Furo The ICLEI Handbook contributors"
#: What is read aloud or shown, besides text.
_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title", "data-done", "data-marked", "data-definition")


def disguise(message: str) -> str:
    """Return a translation: longer, without a Japanese letter, with roles, links and words in braces as they were."""
    return OPEN + _LETTERS.sub(_babble, message).translate(_PUNCTUATION) + CLOSE


def _babble(match: re.Match[str]) -> str:
    syllables = [_SYLLABLES[ord(letter) % len(_SYLLABLES)] for letter in match.group()]
    return " ".join("".join(syllables[start : start + _WORD]) for start in range(0, len(syllables), _WORD))


def translate(project: Project) -> int:
    """Make catalogues of the language, with a translation for everything. Returns 0, or 1 if the pages have errors."""
    if failed := translations.update(project, [PSEUDO]):
        return failed
    for template in project.templates.rglob("*.pot"):
        domain = template.relative_to(project.templates).with_suffix("").as_posix()
        _fill(template, catalogue_path(project.locales, PSEUDO, domain))
    return 0


def _fill(template: Path, target: Path) -> None:
    with template.open(encoding="utf-8") as stream:
        catalogue = read_po(stream, locale=PSEUDO, charset="utf-8")
    if template.stem == THEME:
        # All of Sphinx's words, not only those that Japanese has had to put right.
        with resources.files("sphinx").joinpath("locale/sphinx.pot").open(encoding="utf-8") as stream:
            for message in read_po(stream, charset="utf-8"):
                if isinstance(message.id, str):
                    catalogue.add(message.id)
    for message in catalogue:
        if message.id:
            message.string = disguise(str(message.id))
    with target.open("wb") as output:
        write_po(output, catalogue, width=0)


def names_in(base: KnowledgeBase) -> set[str]:
    """Return the words that may stand untranslated: abbreviations, publishers, months as Babel has them.

    Names and titles that are in another language are marked with it, so they are not asked for.
    """
    texts = [_ALLOWED, own_name(PSEUDO), *locale_of(PSEUDO).months["format"]["wide"].values()]
    texts += [record.abbreviation or "" for record in base.records.values()]
    texts += [source.publisher for source in base.sources.values()]
    return {word.casefold() for text in texts for word in _WORDS.findall(text)}


def untranslated(html: str, names: Iterable[str]) -> list[str]:
    """Return what a page shows or says outside of «…» that is no name, each once."""
    names = {name.casefold() for name in names}
    found: list[str] = []
    page = BeautifulSoup(html, "lxml")
    for hidden in page.select("script, style, template, pre, code, [lang]:not(html):not([lang=eo])"):
        hidden.decompose()
    texts = ["".join(_texts(page)), *_attributes(page)]
    for text in texts:
        for outside in _outside(_ADDRESS.sub("", text)):
            words = [word for word in _WORDS.findall(outside) if word.casefold() not in names]
            if words or JAPANESE.search(outside):
                found.append(" ".join(outside.split()))
    return list(dict.fromkeys(found))


def _texts(page: Tag) -> Iterator[str]:
    for text in page.find_all(string=True):
        if not isinstance(text, (Comment, Doctype)):
            yield str(text)


def _attributes(page: Tag) -> Iterator[str]:
    for tag in page.find_all(True):
        for name in _ATTRIBUTES:
            if value := tag.get(name):
                yield str(value)
        if tag.name == "meta" and str(tag.get("property", tag.get("name", ""))) in ("description", "og:title"):
            yield str(tag.get("content", ""))


def _outside(text: str) -> list[str]:
    """Return the pieces of a text that stand outside of all brackets."""
    depth, pieces = 0, [""]
    for letter in text:
        if letter == OPEN:
            depth += 1
            pieces.append("")
        elif letter == CLOSE:
            depth -= 1
        elif depth <= 0:
            pieces[-1] += letter
    return [piece for piece in pieces if piece.strip()]


def check(project: Project) -> list[str]:
    """Return what the pages of the built site say in no language of ours, each with its page."""
    names = names_in(load(project.knowledge, project=project.root))
    site = project.site / PSEUDO
    return [
        f"{page.relative_to(site).as_posix()}: {text}"
        for page in sorted(site.rglob("*.html"))
        for text in untranslated(page.read_text(encoding="utf-8"), names)
    ]


def _build(project: Project) -> formats.Result:
    return formats.together(make(project, PSEUDO) for make in (formats.html, formats.pdf))


def main() -> int:
    """Translate a copy of the handbook, build its site and its PDF, say what is untranslated. Returns 1 if anything is."""
    root = Path.cwd()
    project = Project(root / "build/pseudo")
    shutil.rmtree(project.root, ignore_errors=True)
    project.root.mkdir(parents=True)
    shutil.copy(root / "conf.py", project.root)
    for folder in ("docs", "handbook", "knowledge", "locales/ja"):
        if (root / folder).exists():
            shutil.copytree(root / folder, project.root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    if translate(project):
        return 1
    # A process of its own: what Sphinx has read of Japanese catalogues must not leak into this language.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        result = pool.submit(_build, project).result()
    sys.stderr.write("".join(f"{line}\n" for line in result.unusable))
    languages = [SOURCE_LANGUAGE, PSEUDO]
    write_entrance(project.site, project.locales, languages)
    write_not_found(project.site, project.locales, languages, base_url())
    found = check(project)
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.stdout.write(
        f"{len(found)} texts that no catalogue reaches. The pages: {project.site.relative_to(root) / PSEUDO}\n"
    )
    return 1 if found or result.failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
