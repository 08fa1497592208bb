"""What must be the same on both sides of an entry in every language: roles, links, labels, braces, markup, years."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.translation.entries import Entry

ROLE = re.compile(r"\{([\w:+-]+)\}`([^`]*)`")
_TARGET = re.compile(r"(?P<wording>.*?)\s*<(?P<target>[^<>]+)>", re.DOTALL)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_URL = re.compile(r"https?://[^\s<>()\]`」）、。]+")
_LABEL = re.compile(r"^\(([\w-]+)\)=|\]\[([\w-]+)\]", re.MULTILINE)
#: `[words]{.class}`, and the attributes of a block.
_ATTRIBUTES = re.compile(r"\{((?:[.#][\w-]+|[\w-]+=\"[^\"]*\")(?:\s+(?:[.#][\w-]+|[\w-]+=\"[^\"]*\"))*)\}")
PASSAGE = re.compile(r"\[([^\[\]]*)\]\{\.language-([\w-]+)\}")
#: The role prints this name itself in the other language.
_NAME_BESIDE_ROLE = re.compile(r"(?<=`)(」?)（\[[^\[\]]*\]\{\.language-[\w-]+\}）")
_PLACEHOLDER = re.compile(r"\{\w*(?:\.\w+)?(?:[!:][^{}`]*)?\}(?!`)|%\(\w+\)[sd]|(?<![\w%])%[sd]\b")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?!\*)")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*\s*/?>")
_YEAR = re.compile(r"(?<![\d,.])(?:1[5-9]|20)\d\d(?![\d,]*\d)")


class Fault(NamedTuple):
    """What one rule has to say of one entry."""

    rule: str
    what: str
    remedy: str


def markup_faults(entry: Entry, source_language: str, language: str) -> Iterator[Fault]:
    """Compare everything that a translator must carry over as it is."""
    source, translation = entry.source, entry.translation
    for rule, find, remedy in _RULES:
        yield from _compared(rule, find(source), find(translation), remedy)
    # Italics may stand for Japanese quotation marks, so more of them are no fault.
    if lost := _emphasis(source) - _emphasis(translation):
        yield Fault("emphasis", f"missing: {lost.total()} × *words*", "put * around the words that match the message")
    # What is quoted in one language needs no mark in a text that is in it.
    own = (f".language-{source_language}", f".language-{language}")
    yield from _compared(
        "attributes",
        _attributes(source, besides=own),
        _attributes(translation, besides=own),
        "copy the attributes in braces as they stand in the message",
    )
    for wording, tag in PASSAGE.findall(_NAME_BESIDE_ROLE.sub("", source)):
        if tag == language and wording.casefold() not in _readable(translation).casefold():
            yield Fault(
                "passages",
                f"'{wording}' is given in this language already, and the translation has other words",
                f"use '{wording}' as it stands in the message",
            )


def year_faults(entry: Entry) -> Iterator[Fault]:
    """Compare the years that both sides give in digits, whatever the language."""
    source, translation = prose(entry.source), prose(entry.translation)
    for year in sorted(set(_YEAR.findall(source)) - set(_YEAR.findall(translation))):
        yield Fault("years", f"the year {year} is not in the translation", f"give the year {year}")


def prose(text: str) -> str:
    """Return what readers see of a message, less what roles and code print: that comes from elsewhere."""
    text = ROLE.sub(lambda match: _wording(match[2]), text)
    return _readable(_URL.sub("", _PLACEHOLDER.sub("", _CODE.sub(" ", text))))


def without_wordings(text: str, other: str) -> str:
    """Return `text` less the wordings of roles that print the name of a record on the `other` side."""
    bare = {content for _, content in ROLE.findall(other)}

    def wording(match: re.Match[str]) -> str:
        found = _TARGET.fullmatch(match[2])
        return "" if found and found["target"] in bare else match[0]

    return ROLE.sub(wording, text)


def own_words(text: str, language: str) -> str:
    """Return `prose`, less passages that are marked as another language."""
    return prose(PASSAGE.sub(lambda match: match[1] if match[2] == language else "", text))


def shape(text: str, language: str) -> str:
    """Return the text as it stands on the page; one letter keeps the place of what comes from elsewhere."""
    text = PASSAGE.sub(lambda match: match[1] if match[2] == language else "X", text)
    text = ROLE.sub(lambda match: _wording(match[2]) or "X", text)
    return _readable(_URL.sub("X", _PLACEHOLDER.sub("X", _CODE.sub("X", text))))


def _readable(text: str) -> str:
    return _ATTRIBUTES.sub("", _LABEL.sub("]", _LINK.sub("]", _TAG.sub("\n", text))))


def _wording(content: str) -> str:
    match = _TARGET.fullmatch(content)
    return match["wording"] if match else ""


def _roles(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for role, content in ROLE.findall(text):
        match = _TARGET.fullmatch(content)
        targets = (match["target"] if match else content).split(",")
        found.update(f"{{{role}}}`{target.strip()}`" for target in targets)
    return found


def _links(text: str) -> Counter[str]:
    return Counter(link for link in _LINK.findall(text) if "#" not in link and not _URL.match(link))


def _urls(text: str) -> Counter[str]:
    return Counter(url.rstrip(".,;:!?") for url in _URL.findall(text))


def _labels(text: str) -> Counter[str]:
    links = [link for link in _LINK.findall(text) if "#" in link and not _URL.match(link)]
    return Counter([*links, *(one or two for one, two in _LABEL.findall(text))])


def _placeholders(text: str) -> Counter[str]:
    # One that is filled in twice is no fault: languages repeat themselves in different places.
    return Counter(set(_PLACEHOLDER.findall(ROLE.sub("", text))))


def _code(text: str) -> Counter[str]:
    return Counter(content for _, content in _CODE.findall(ROLE.sub("", text)))


def _strong(text: str) -> Counter[str]:
    return Counter("**" for _ in _STRONG.findall(text))


def _emphasis(text: str) -> Counter[str]:
    return Counter("*" for _ in _EMPHASIS.findall(_CODE.sub(" ", _STRONG.sub(r"\1", text))))


def _attributes(text: str, besides: tuple[str, str]) -> Counter[str]:
    names = (name for block in _ATTRIBUTES.findall(_CODE.sub(" ", text)) for name in block.split())
    return Counter(name for name in names if name not in besides)


#: Rule, what is counted on both sides, and what to do. Lines may break elsewhere, so `<br>` is not compared.
_RULES = (
    ("roles", _roles, "use the same roles with the same targets as the message, each as often"),
    ("links", _links, "link to the same pages as the message"),
    ("urls", _urls, "copy the address from the message"),
    ("labels", _labels, "copy the label from the message; labels are the same in every language"),
    ("placeholders", _placeholders, "keep the words in braces exactly as they stand in the message"),
    ("code", _code, "copy what stands between backquotes from the message"),
    ("strong", _strong, "put ** around the words that match those of the message"),
)


def _compared(rule: str, source: Counter[str], translation: Counter[str], remedy: str) -> Iterator[Fault]:
    lost, added = source - translation, translation - source
    if lost or added:
        parts = [
            f"{'missing' if found is lost else 'not in the message'}: {', '.join(sorted(found.elements()))}"
            for found in (lost, added)
            if found
        ]
        yield Fault(rule, "; ".join(parts), remedy)
