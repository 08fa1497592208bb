"""Pages beside those that Sphinx writes: the choice of language, the one for addresses that lead nowhere, and redirects.

They belong to no language, need no file but themselves, and work without a script.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handbook.diagrams.palette import PAGE
from handbook.site.policy import PLAIN_PAGES
from handbook.translation import words_of
from handbook.translation.languages import direction, own_name, web_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_PAGE = """<!doctype html>
<html {language}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{icon}">
{head}
<style>
:root {{ color-scheme: light dark; {light} }}
@media (prefers-color-scheme: dark) {{
  :root {{ {dark} }}
}}
body {{ margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 1.5rem; box-sizing: border-box;
  color: var(--ink); background: var(--ground); line-height: 1.8;
  font-family: "Hiragino Sans", "Yu Gothic", "BIZ UDPGothic", "Noto Sans JP", "Noto Sans CJK JP", Meiryo, sans-serif }}
main {{ max-width: 36rem }}
h1 {{ font-size: 1.6rem; line-height: 1.4; border-bottom: 3px solid var(--accent); padding-bottom: .6rem }}
ul {{ list-style: none; padding: 0 }}
li {{ border-bottom: 1px solid var(--line); padding: 1rem 0 }}
a {{ color: var(--accent); font-size: 1.25rem; font-weight: 700; display: inline-block; padding: .2rem 0 }}
a:focus-visible, input:focus-visible, button:focus-visible {{ outline: 3px solid currentColor; outline-offset: 3px }}
p {{ margin: .2rem 0 0 }}
form {{ display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .6rem }}
input, button {{ font: inherit; padding: .35rem .7rem; border: 1px solid var(--field); border-radius: .25rem;
  color: inherit; background: transparent; min-width: 0 }}
input {{ flex: 1 1 12rem }}
</style>
</head>
<body>
<main>
<h1>{heading}</h1>
{body}
</main>
</body>
</html>
"""

_LIGHT, _DARK = (
    "; ".join(f"--{role}: {PAGE[role][mode]}" for role in ("ink", "ground", "accent", "line", "field"))
    for mode in range(2)
)

#: The drawing of the tab, in the folder of each language's files.
ICON = "_static/favicon.svg"


def write_entrance(site: Path, locale_dir: Path, languages: Sequence[str]) -> None:
    """Write `index.html`; `languages` begins with the source language.

    The page offers each language in its own words and redirects nobody.
    """
    words = words_of(locale_dir, languages)
    choices, alternates = [], []
    for language, word in words.items():
        invitation = word("自治体の国際的なネットワーク「イクレイ」を、出典と時点を添えて説明する手引きです。")
        choices.append(
            f'<li {_written(language)}><a href="{language}/index.html" hreflang="{web_tag(language)}">'
            f"{escape(own_name(language))}</a><p>{escape(invitation)}</p></li>"
        )
        alternates.append(f'<link rel="alternate" hreflang="{web_tag(language)}" href="{language}/index.html">')
    titles = {language: word("イクレイ・ハンドブック") for language, word in words.items()}
    _write(site / "index.html", titles, "<ul>\n" + "\n".join(choices) + "\n</ul>", head="\n".join(alternates))


def write_not_found(site: Path, locale_dir: Path, languages: Sequence[str], base: str) -> None:
    """Write `404.html`, which servers show for addresses that lead nowhere.

    It is shown at any address, so its links begin with `base`, where the site is published, or with `/`.
    """
    words = words_of(locale_dir, languages)
    parts = []
    for language, word in words.items():
        home = f"{base}/{language}"
        parts.append(
            f"<li {_written(language)}><p>"
            + escape(word("このアドレスのページはありません。移したか、書きまちがいがあるかもしれません。"))
            + f'</p><form role="search" aria-label="{escape(word("検索"))}" action="{home}/search.html">'
            f'<input type="search" name="q" required aria-label="{escape(word("さがす言葉"))}">'
            f"<button>{escape(word('検索'))}</button></form>"
            f'<p><a href="{home}/index.html" hreflang="{web_tag(language)}">{escape(word("イクレイ・ハンドブック"))}</a></p></li>'
        )
    titles = {language: word("ページが見つかりません") for language, word in words.items()}
    _write(site / "404.html", titles, "<ul>\n" + "\n".join(parts) + "\n</ul>", root=f"{base}/")


def write_redirect(file: Path, language: str, word: Callable[[str], str], href: str, up: str) -> None:
    """Write a page at an address that has moved to `href`; `up` leads from it to the root of the site."""
    target = escape(href)
    head = f'<meta http-equiv="refresh" content="0; url={target}">\n<link rel="canonical" href="{target}">'
    body = f'<p><a href="{target}">{escape(word("新しいページを開く"))}</a></p>'
    _write(file, {language: word("このページは移りました")}, body, head=head, root=up)


def _written(language: str) -> str:
    """Return the attributes that say which language an element is in, and which way its lines run."""
    rtl = ' dir="rtl"' if direction(language) == "rtl" else ""
    return f'lang="{web_tag(language)}"{rtl}'


def _write(file: Path, titles: Mapping[str, str], body: str, *, head: str = "", root: str = "") -> None:
    first = next(iter(titles))
    heading = " / ".join(f"<span {_written(language)}>{escape(title)}</span>" for language, title in titles.items())
    page = _PAGE.format(
        language=_written(first),
        policy=PLAIN_PAGES,
        light=_LIGHT,
        dark=_DARK,
        title=escape(" / ".join(titles.values())),
        icon=f"{root}{first}/{ICON}",
        head=head,
        heading=heading,
        body=body,
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, encoding="utf-8", newline="\n")
