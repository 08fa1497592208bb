"""What could run or load something is refused with its place and a remedy, by `make check` and by the build, and not shown."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest

from handbook.commands import check
from handbook.commands.project import Project
from tests.security.hostile import PNG, use_site

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from tests.conftest import TinyProject

#: Six lines before what is tested.
HEAD = "---\nmyst:\n  html_meta:\n    description: 説明です。\n---\n"
HTML = "pages have no HTML"
LINK = "a link may not begin with"
#: What stands in a page from line 7 on; the line and the words in which it is told, by the build and by `make check`.
REFUSED = [
    ("本文<script>alert(1)</script>です。", 7, HTML),
    ("<div onclick='alert(1)'>本文</div>", 7, HTML),
    ("本文です。\n\n> <img src=x onerror=alert(1)>", 9, HTML),
    ("| 列 |\n|---|\n| <b onclick='alert(1)'>セル</b> |", 9, HTML),
    ("<!-- 覚え書き --><script>alert(1)</script>", 7, HTML),
    ("<!--> <script>alert(1)</script> -->", 7, HTML),
    ("<svg><foreignObject></foreignObject></svg>", 7, HTML),
    (":::{note}\n<iframe src='https://evil.invalid'></iframe>\n:::", 8, HTML),
    ("[本文](ftp://evil.invalid/a)", 7, LINK),
    ("```{figure} dot.png\n:alt: 点\n:target: javascript:alert(1)\n```", 9, LINK),
    ("```{toctree}\n題 <javascript://x%0aalert(1)>\n```", 8, LINK),
    ("```{toctree}\n題 <data://text/html,x>\n```", 8, LINK),
    ("![点](https://evil.invalid/dot.png)", 7, "is not a file of the handbook"),
    ("![点](data:image/png;base64,AAAA)", 7, "is not a file of the handbook"),
    ("```{figure} //evil.invalid/dot.png\n:alt: 点\n```", 7, "is not a file of the handbook"),
    ("![点](evil.html)", 7, "is no picture"),
    ("{download}`書類 <evil.html>`", 7, "is no file to download"),
    (
        '```{mermaid}\n---\nname: steps\nalt: 図\n---\nflowchart TD\n  a["b"]\n  click a "javascript:alert(1)"\n```',
        14,
        "a box of a diagram may lead to a record alone",
    ),
]
#: Docutils and MyST have ways into a page that only the build sees.
REFUSED_IN_THE_BUILD = [
    ("```{eval-rst}\n.. raw:: html\n\n   <script>alert(1)</script>\n```", "{raw} cannot be used in a page"),
    ("```{raw} html\n<script>alert(1)</script>\n```", "{raw} cannot be used in a page"),
    ('```{raw} typst\n#image("/etc/passwd")\n```', "{raw} cannot be used in a page"),
    ("```{eval-rst}\n.. role:: html(raw)\n   :format: html\n\n:html:`<script>alert(1)</script>`\n```", "raw"),
    ("```{eval-rst}\n`本文 <javascript:alert(1)>`_\n```", LINK),
    ("```{eval-rst}\n`本文 <vbscript:alert(1)>`_\n```", LINK),
    (
        "```{eval-rst}\n.. meta::\n   :http-equiv=refresh: 0;url=https://evil.invalid\n```",
        "may not stand before a page",
    ),
    ("```{csv-table}\n:url: https://evil.invalid/table.csv\n```", "Unknown option"),
    ("[書類](evil.html)", "is no file to download"),
    ("![点](../secret.png)", "is not a file of the handbook"),
    ("![点](linked.png)", "is not a file of the handbook"),
    ("{download}`書類 <../secret.txt>`", "is not a file of the handbook"),
    ("```{include} part.txt\n```", "{include} cannot be used in a page"),
]
#: Ways around a rule that lead to text, not to a link.
TEXT = [
    "[本文](javascript:alert(1))",
    "[本文](JaVaScRiPt:alert(1))",
    "[本文](vbscript:alert(1))",
    "[本文](data:text/html,alert)",
    "<javascript:alert(1)>",
    "[本文](javascript&colon;alert(1))",
    "[本文](javascript:alert(1)){.external}",
    "[本文](https://example.org){onclick=alert(1) style=color:red}",
]


@pytest.fixture
def project(tiny_project: TinyProject) -> TinyProject:
    use_site(tiny_project)
    (tiny_project.root / "docs/dot.png").write_bytes(PNG)
    for name in ("secret.png", "secret.txt"):
        tiny_project.write(name, "A secret.")
    (tiny_project.root / "docs/linked.png").symlink_to(tiny_project.root / "secret.png")
    tiny_project.write("docs/evil.html", "<script>alert(1)</script>")
    tiny_project.write("docs/part.txt", "本文<script>alert(1)</script>です。\n")
    return tiny_project


def checked(project: TinyProject) -> list[str]:
    """Return what `make check` complains of."""
    with redirect_stderr(io.StringIO()) as complaints, redirect_stdout(io.StringIO()):
        check.run(Project(project.root))
    return complaints.getvalue().splitlines()


def write_pages(project: TinyProject, texts: list[str]) -> None:
    """Write a page of each text, which begins in its line 7."""
    for number, text in enumerate(texts):
        # As they are: what tests write has its own indentation.
        file = project.root / f"docs/page-{number}.md"
        file.write_text(f"{HEAD}# ページ{number}\n{text}\n", encoding="utf-8")
    names = "\n".join(f"page-{number}" for number in range(len(texts)))
    project.write("docs/index.md", f"# はじめに\n\n```{{toctree}}\n{names}\n```\n")


def told(complaints: list[str], number: int) -> list[str]:
    return [complaint for complaint in complaints if complaint.startswith(f"docs/page-{number}.md:")]


def strange(page: BeautifulSoup) -> list[str]:
    """Return what of the article and of the head nobody but the texts above can have brought."""
    article = page.select_one("article")
    assert article is not None
    found = [str(tag) for tag in article.select("script, iframe, svg, foreignObject, b, div[onclick], img[src=x]")]
    found += [str(tag) for tag in article.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    for tag in article.select("[href], [src]"):
        address = str(tag.get("href") or tag.get("src"))
        if not (address.startswith(("#", "https://example.org")) or address.endswith((".png", ".html"))):
            found.append(str(tag))
        if "evil" in address or "javascript" in address.lower() or address.startswith("data:"):
            found.append(str(tag))
    return found + [str(tag) for tag in page.select("meta[http-equiv=refresh]")]


def test_pages_are_refused_by_the_check_and_by_the_build_and_come_out_harmless(project: TinyProject) -> None:
    write_pages(project, [text for text, _, _ in REFUSED])

    complaints, build = checked(project), project.build()

    for number, (text, line, words) in enumerate(REFUSED):
        # Sphinx knows of a directive where it begins.
        for said, lines in ((told(complaints, number), [line]), (told(build.warnings, number), range(7, line + 1))):
            places = tuple(f"docs/page-{number}.md:{one}: " for one in lines)
            matching = [one for one in said if words in one and one.startswith(places)]
            assert matching, (text, said)
            assert all("To mend it: " in one for one in matching), said
        assert strange(build.page(f"page-{number}")) == [], text


@pytest.mark.filterwarnings("ignore:.*BuildEnvironment.app")  # MyST, for {include}
def test_what_only_the_build_sees_is_refused_there(project: TinyProject) -> None:
    write_pages(project, [text for text, _ in REFUSED_IN_THE_BUILD])

    build = project.build()

    for number, (text, words) in enumerate(REFUSED_IN_THE_BUILD):
        said = [one for one in build.warnings if one.startswith((f"docs/page-{number}.md:", "docs/part.txt:"))]
        assert any(words in one for one in said), (text, said)
        assert strange(build.page(f"page-{number}")) == [], text
    assert not [file for name in ("evil.html", "secret.*", "linked.*") for file in build.output.rglob(name)]


def test_links_that_markdown_knows_to_be_bad_are_text(project: TinyProject) -> None:
    write_pages(project, TEXT)

    build = project.build()

    for number, text in enumerate(TEXT):
        assert strange(build.page(f"page-{number}")) == [], text


def test_remarks_for_writers_go_into_no_page(project: TinyProject) -> None:
    write_pages(project, ["<!-- 覚え書き -->\n\n本文<!-- ここを直す -->です。"])

    build = project.build()

    assert (checked(project), build.warnings) == ([one for one in checked(project) if "label" in one], [])
    article = str(build.page("page-0").select_one("article"))
    assert "本文です。" in article
    assert "覚え書き" not in article


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ('myst:\n  html_meta:\n    "http-equiv=refresh": 0;url=https://evil.invalid\n', 4),
        ("myst:\n  html_meta:\n    google-site-verification: abc\n", 4),
        ("myst:\n  html_meta:\n    description onload=alert(1): 説明\n", 4),
        ("myst:\n  enable_extensions: [substitution]\n  substitutions: {a: 1}\n", 3),
        ("myst:\n  url_schemes: {x: {url: 'javascript:alert(1)'}}\n", 3),
        ("substitutions: {a: 1}\n", 2),
        ("html_meta: {refresh: x}\n", 2),
        ("a: &a {myst: {html_meta: {refresh: x}}}\n<<: *a\n", 2),
    ],
)
def test_settings_of_a_page_beyond_its_description_are_refused_and_not_used(
    project: TinyProject, setting: str, line: int
) -> None:
    text = f"---\n{setting}---\n# はじめに\n\n本文 {{{{ env.app }}}} {{{{ 7*7 }}}}\n"
    (project.root / "docs/index.md").write_text(text, encoding="utf-8")

    complaints, build = checked(project), project.build()

    for said in (complaints, build.warnings):
        assert any(f"docs/index.md:{line}: " in one and "may not stand before a page" in one for one in said), said
    assert strange(build.page()) == []
    assert build.page().select("meta[content*='abc'], meta[content*='evil'], meta[onload]") == []
    shown = build.page().select_one("article")
    assert shown is not None
    assert "{{ env.app }} {{ 7*7 }}" in shown.get_text()


def test_settings_too_deep_in_each_other_are_refused_and_not_read(project: TinyProject) -> None:
    text = f"---\nmyst: {'[' * 3000}{']' * 3000}\n---\n# はじめに\n\n本文です。\n"
    (project.root / "docs/index.md").write_text(text, encoding="utf-8")

    build = project.build()

    assert [one for one in build.warnings if one.startswith("docs/index.md:2: WARNING: lists lie too deep")]
    assert "本文です。" in build.page().get_text()


@pytest.mark.parametrize("opening", ["--- #\n", "---x\n"])
def test_settings_are_found_wherever_myst_finds_them(project: TinyProject, opening: str) -> None:
    text = f"{opening}myst: {{enable_extensions: [substitution]}}\n...\n# はじめに\n\n本文 {{{{ 7*7 }}}}\n"
    (project.root / "docs/index.md").write_text(text, encoding="utf-8")

    build = project.build()

    assert [one for one in build.warnings if one.startswith("docs/index.md:2: WARNING: 'enable_extensions' may not")]
    assert "{{ 7*7 }}" in build.page().get_text()


def test_a_translation_may_hold_no_more_than_a_page(project: TinyProject) -> None:
    project.write("docs/index.md", "# はじめに\n\n一つ目です。\n\n二つ目です。\n\n三つ目です。\n")
    project.catalogue(
        "index",
        {
            "一つ目です。": "One <img src=x onerror=alert(1)> two.",
            "二つ目です。": "A [page](ftp://evil.invalid).",
            "三つ目です。": "A ![dot](https://evil.invalid/dot.png) here.",
        },
    )

    complaints, build = checked(project), project.build("en")

    words = (HTML, LINK, "is not a file of the handbook")
    assert [next(one for one in words if one in told) for told in complaints if "locales/" in told] == list(words)
    assert [sum(one in told for told in build.warnings) > 0 for one in words] == [True, True, True]
    assert strange(build.page()) == []


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "https://a.example/ b",
        "//a.example",
    ],
)
def test_a_source_has_an_address_of_the_web(project: TinyProject, address: str) -> None:
    project.source("a")
    project.replace("knowledge/sources.bib", "https://example.org/a", address)

    [complaint] = checked(project)[:1]

    assert complaint.startswith("knowledge/sources.bib:1: source 'a', field 'url': ")
    assert complaint.endswith("To mend it: write one that begins with https:// or http://, without spaces.")


@pytest.mark.parametrize("key", ["a<b/onclick>", "a/../b", "a#b", "出典"])
def test_the_key_of_a_source_can_stand_in_an_address(project: TinyProject, key: str) -> None:
    project.source(key)

    complaint = f"knowledge/sources.bib:1: the source key '{key}' is no part of an address. "
    remedy = "To mend it: use letters without accents, digits and single hyphens."
    assert f"{complaint}{remedy}" in checked(project)


@pytest.mark.parametrize("letter", ["\u202e", "\u2028", "\x08"])
def test_characters_that_nobody_sees_are_told_wherever_they_stand(project: TinyProject, letter: str) -> None:
    (project.root / "docs/index.md").write_text(f"(home)=\n# はじめに\n\n本文{letter}です。\n", encoding="utf-8")
    project.write("knowledge/eras.yaml", f'- id: era-a\n  name: "名\\u{ord(letter):04x}前"\n  date: 1990\n')
    (project.root / "locales/en/LC_MESSAGES").mkdir(parents=True)
    project.catalogue("handbook", {"検索": f"Se{letter}arch"})

    complaints = checked(project)

    assert [one.partition(": ")[0] for one in complaints if f"U+{ord(letter):04X}" in one] == [
        "knowledge/eras.yaml:2",
        "docs/index.md:4",
        "locales/en/LC_MESSAGES/handbook.po:6",
    ]


@pytest.mark.parametrize("old", ["../../evil", "/evil", 'a"><script>alert(1)</script>', "a/../../evil"])
def test_a_moved_page_stays_in_the_folder_of_the_site(project: TinyProject, old: str) -> None:
    project.write("docs/redirects.yaml", f"'{old}': index\n")

    build = project.build()

    assert [one for one in build.warnings if "is no page of this handbook" in one and "redirects.yaml:1" in one]
    assert not list(project.root.parent.rglob("evil.html"))[1:]
