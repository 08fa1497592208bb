"""What may not be in pages and beside them, and what to write instead: directives, links, pictures, downloads, settings, HTML.

One judgement for the build (`handbook.content.safety`) and for `make check` (`unsafe`).
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import yaml

from handbook.knowledge.addresses import scheme_of
from handbook.knowledge.yaml_source import TOO_DEEP, too_deep

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How a link to another site or to a mailbox may begin.
LINKS = frozenset(("http", "https", "mailto"))
#: What pages may show, by the ending of its name: the ending tells a server, and that tells a browser, what a file is.
PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"))
#: What readers may download: nothing that a browser would open as a page of the site.
DOWNLOADS = frozenset(
    (
        *(".bib", ".csv", ".docx", ".epub", ".gif", ".jpeg", ".jpg", ".json", ".md", ".odp", ".ods", ".odt", ".pdf"),
        *(".png", ".pptx", ".ttl", ".txt", ".webp", ".xlsx", ".yaml", ".zip"),
    )
)
#: Directives that show a picture.
PICTURE_DIRECTIVES = frozenset(("figure", "image"))
#: Directives that no page can use, and what to write instead.
REFUSED = {
    "include": "write the text itself; to show a file as it is, use {literalinclude}",
    "raw": "write Markdown, which all formats can show",
    "eval-rst": "write Markdown, or the directive itself, as in ```{note}",
    "autoclasstree": "write the diagram as ```mermaid",
}
#: What to do instead of writing HTML.
HTML_REMEDY = "write it in Markdown, and code between ` and `"

_CLICK = re.compile(r"(?:^|;)\s*click\s")
_RECORD_CLICK = re.compile(r'(?:^|(?<=;))\s*click\s+[\w-]+\s+(?:href\s+)?"#[a-z0-9-]+"\s*(?=;|$)')
_REMARK = re.compile(r"<!--(?!-?>)(?:(?!--!?>).)*-->", re.DOTALL)
#: What may stand before a page, and what of it says something to search engines.
_SETTINGS = frozenset(("myst", "orphan", "nosearch", "tocdepth"))
META = re.compile(r"(description|keywords)( lang=[A-Za-z-]+)?")


class Refusal(NamedTuple):
    """What is refused, and what to do instead."""

    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}. To mend it: {self.remedy}"


def link_refusal(address: str) -> Refusal | None:
    """Return why a link may not lead to `address`, or None.

    >>> [link_refusal(it) is None for it in ("https://a.org", "//a.org", "page.md#part", "java\\nscript:alert(1)")]
    [True, True, True, False]
    """
    scheme = scheme_of(address)
    if not scheme or scheme in LINKS:
        return None
    return Refusal(f"a link may not begin with '{scheme}:'", "let it begin with https:, http: or mailto:")


def picture_refusal(address: str) -> Refusal | None:
    """Return why a picture at `address` may not be shown, or None."""
    if scheme_of(address) or address.startswith(("//", "\\")):
        return Refusal(
            f"the picture '{address[:80]}' is not a file of the handbook", "put it in the folder of the page"
        )
    ending = PurePosixPath(address).suffix.lower()
    if ending not in PICTURES and ending != ".*":
        return Refusal(f"'{address[:80]}' is no picture that every browser shows", "save it as PNG, JPEG, WebP or SVG")
    return None


def click_refusal(line: str) -> Refusal | None:
    """Return why a line of a Mermaid source may not make a box a link, or None.

    >>> [click_refusal(it) is None for it in ('click a href "#council"', 'click a "javascript:alert(1)"', '  a --> b')]
    [True, False, True]
    """
    if _CLICK.search(_RECORD_CLICK.sub("", line)):
        return Refusal("a box of a diagram may lead to a record alone", 'write click box href "#record", with its id')
    return None


def download_refusal(address: str) -> Refusal | None:
    """Return why the file at `address` may not be offered for download, or None."""
    if scheme_of(address) or address.startswith("//"):
        return link_refusal(address)
    if PurePosixPath(address).suffix.lower() in DOWNLOADS:
        return None
    return Refusal(
        f"'{address[:80]}' is no file to download",
        "offer data or text, such as CSV, JSON, PDF or TXT: browsers would open some others as a page of this site",
    )


def html_refusal(html: str) -> Refusal | None:
    """Return why HTML may not be in a page, or None: for remarks, and for what only ends what is refused already."""
    if is_remark(html) or html.lstrip().startswith("</"):
        return None
    first = html.strip().partition("\n")[0]
    return Refusal(f"pages have no HTML: {first[:80]}", HTML_REMEDY)


def is_remark(html: str) -> bool:
    """Tell whether HTML is a single comment, which is for writers and goes into no page.

    >>> [is_remark(it) for it in ("<!-- to do -->", "<!-- a --><b>", "<!--> <b> -->")]
    [True, False, False]
    """
    return bool(_REMARK.fullmatch(html.strip()))


def svg_refusal(what: str) -> Refusal:
    """Return the refusal of a picture for what stands in it."""
    return Refusal(what, "save it as plain SVG, without scripts, styles or pictures from elsewhere")


def settings_refusals(front_matter: str) -> Iterator[tuple[int, Refusal]]:
    """Yield the line, counted from 0, of each setting that may not stand before a page; nothing for what is no YAML."""
    try:
        if (deep := too_deep(front_matter, yaml.SafeLoader)) is not None:
            yield deep, Refusal(*TOO_DEEP)
            return
        root = yaml.compose(front_matter, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return
    for key, value, node in _pairs(root):
        if key not in _SETTINGS:
            yield node.start_mark.line, setting_refusal(key)
        elif key == "myst":
            for inner, metas, inner_node in _pairs(value):
                if inner != "html_meta":
                    yield inner_node.start_mark.line, setting_refusal(inner)
                    continue
                for meta, _content, meta_node in _pairs(metas):
                    if not META.fullmatch(meta):
                        yield meta_node.start_mark.line, setting_refusal(meta)


def setting_refusal(name: str) -> Refusal:
    """Return the refusal of something that stands before a page."""
    return Refusal(f"'{name[:80]}' may not stand before a page", "take it away; a page has its description there")


def _pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Yield keys and values of a mapping, and the nodes of the keys."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        yield key.value if isinstance(key, yaml.ScalarNode) else "?", value, key
