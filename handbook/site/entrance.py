"""The first page of the site, `build/site/index.html`: a choice of language, without a script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handbook.translation import Translation
from handbook.translation.languages import own_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_PAGE = """<!doctype html>
<html lang="{source_language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{alternates}
<style>
:root {{ color-scheme: light dark; --ink: #1c2b2f; --ground: #fff; --accent: #0b5c68; --line: #c4d0d2 }}
@media (prefers-color-scheme: dark) {{
  :root {{ --ink: #e3e8e8; --ground: #131416; --accent: #5db5c0; --line: #3a4649 }}
}}
body {{ margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 1.5rem; box-sizing: border-box;
  color: var(--ink); background: var(--ground); line-height: 1.8;
  font-family: "Hiragino Sans", "Yu Gothic", "BIZ UDPGothic", "Noto Sans JP", "Noto Sans CJK JP", Meiryo, sans-serif }}
main {{ max-width: 36rem }}
h1 {{ font-size: 1.6rem; line-height: 1.4; border-bottom: 3px solid var(--accent); padding-bottom: .6rem }}
ul {{ list-style: none; padding: 0 }}
li {{ border-bottom: 1px solid var(--line); padding: 1rem 0 }}
a {{ color: var(--accent); font-size: 1.25rem; font-weight: 700; display: inline-block; padding: .2rem 0 }}
a:focus-visible {{ outline: 3px solid currentColor; outline-offset: 3px }}
p {{ margin: .2rem 0 0 }}
</style>
</head>
<body>
<main>
<h1>{heading}</h1>
<ul>
{choices}
</ul>
</main>
</body>
</html>
"""


def write_entrance(site: Path, locale_dir: Path, languages: Sequence[str]) -> None:
    """Write `index.html` into `site`; `languages` begins with the source language.

    The page offers each language in its own words and redirects nobody.
    """
    source = languages[0]
    titles, choices, alternates = [], [], []
    for language in languages:
        word = Translation.load(locale_dir, language=language, source_language=source).word
        titles.append((language, word("イクレイ・ハンドブック")))
        invitation = word("自治体の国際的なネットワーク「イクレイ」を、出典と時点を添えて説明する手引きです。")
        choices.append(
            f'<li lang="{language}"><a href="{language}/index.html" hreflang="{language}">'
            f"{escape(own_name(language))}</a><p>{escape(invitation)}</p></li>"
        )
        alternates.append(f'<link rel="alternate" hreflang="{language}" href="{language}/index.html">')
    heading = " / ".join(f'<span lang="{language}">{escape(title)}</span>' for language, title in titles)
    page = _PAGE.format(
        source_language=source,
        title=escape(" / ".join(title for _, title in titles)),
        heading=heading,
        alternates="\n".join(alternates),
        choices="\n".join(choices),
    )
    (site / "index.html").write_text(page, encoding="utf-8", newline="\n")
