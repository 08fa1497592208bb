"""A small project to build, for the tests of every room, and the real one, which is built once."""

from __future__ import annotations

import gc
import gettext
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
import sphinx.locale
from bs4 import BeautifulSoup
from filelock import FileLock
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tools.running import begin, environment

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment

# Pages and books that the tests have read are millions of objects, all in use: Python, which looks among them
# for what is not, would spend as long on it as on reading them.
gc.set_threshold(50_000, 20, 100)

ROOT = Path(__file__).resolve().parents[1]

CONF = """
project = "小さな手引き"
author = "手引きをつくる人"
release = "2026-11-24"
extensions = ["myst_parser", "handbook.content", "handbook.epub", "handbook.book"]
language = "ja"
locale_dirs = ["../locales"]
gettext_compact = False
gettext_uuid = False
exclude_patterns = ["_diagrams"]
nitpicky = True
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist"]
myst_fence_as_directive = ["mermaid"]
bibtex_bibfiles = ["knowledge/sources.bib"]
bibtex_default_style = "handbook"
bibtex_reference_style = "handbook"
bibtex_cite_id = "source-{key}"
mermaid_output_format = "raw"
# Small projects need not cite what they have.
suppress_warnings = ["handbook.uncited-source"]
html_theme = "basic"
html_use_index = False
html_copy_source = False
templates_path = ["templates"]
"""

#: Compiling the templates of a theme would take as long as everything else.
TEMPLATE = '<!DOCTYPE html>\n<html lang="{{ language }}"><body><div class="body">{{ body }}</div></body></html>\n'


@dataclass
class Build:
    """What came out of one Sphinx run."""

    output: Path
    warnings: list[str]
    env: BuildEnvironment
    read: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def page(self, docname: str = "index") -> BeautifulSoup:
        """Return the HTML of a page."""
        return BeautifulSoup((self.output / f"{docname}.html").read_text(encoding="utf-8"), "lxml")

    def text(self, docname: str = "index") -> str:
        """Return what a reader sees in the body of a page, in one line."""
        body = self.page(docname).select_one("div.body")
        assert body is not None
        return " ".join(body.get_text().split())

    def sentences(self, docname: str = "index") -> list[str]:
        """Return the paragraphs of a page, without the sources at its end."""
        paragraphs = self.page(docname).select("div.body p:not(#page-sources p)")
        return [" ".join(paragraph.get_text().split()) for paragraph in paragraphs]

    def doctree(self, docname: str = "index") -> nodes.document:
        """Return the page as it was read, translated by now."""
        return self.env.get_doctree(docname)


class TinyProject:
    """A project of a few pages and records. Paths are relative to its root."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "knowledge").mkdir(parents=True)
        self.write("conf.py", CONF)
        self.write("templates/page.html", TEMPLATE)
        self.write("templates/search.html", TEMPLATE)
        self.write("knowledge/sources.bib", "")
        self.write("docs/index.md", "# はじめに\n")

    def write(self, path: str, text: str) -> Path:
        """Write a file; what the text is indented by in the test is taken off."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        return file

    def replace(self, path: str, old: str, new: str) -> None:
        """Change a file in one place."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def use_all_rooms(self) -> None:
        """Let the project have the whole handbook's extension."""
        self.replace("conf.py", '"handbook.content", "handbook.epub", "handbook.book"', '"handbook"')

    def use_theme(self) -> None:
        """Let pages look as they do on the site, for tests of what its templates write."""
        self.replace("conf.py", 'html_theme = "basic"', 'html_theme = "furo"')
        self.replace("conf.py", 'templates_path = ["templates"]', "")

    def source(self, *keys: str) -> None:
        """Add sources of which nothing matters but the key."""
        file = self.root / "knowledge/sources.bib"
        known = file.read_text(encoding="utf-8")
        entries = [
            f"@online{{{key},\n  title = {{Page {key}}},\n  publisher = {{ICLEI}},\n  url = {{https://example.org/{key}}},\n"
            "  urldate = {2026-11-24},\n  langid = {english},\n}\n"
            for key in keys
        ]
        file.write_text("\n".join(filter(None, [known, *entries])), encoding="utf-8")

    def catalogue(self, domain: str, messages: dict[str, str], language: str = "en") -> None:
        """Write a catalogue of translated messages."""
        quoted = {key: value.replace('"', '\\"') for key, value in messages.items()}
        entries = [f'msgid "{key}"\nmsgstr "{value}"\n' for key, value in quoted.items()]
        header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        self.write(f"locales/{language}/LC_MESSAGES/{domain}.po", "\n".join([header, *entries]))

    def build(self, language: str = "ja", builder: str = "html", *, jobs: int = 1) -> Build:
        """Run Sphinx in this process. Output stays, so a second build is incremental."""
        output, warnings = self.root / "build" / language / builder, io.StringIO()
        read: list[str] = []
        written: list[str] = []
        # What earlier builds in this process have read of catalogues.
        sphinx.locale.translators.clear()
        gettext._translations.clear()  # type: ignore[attr-defined]
        with patch_docutils(self.root), docutils_namespace():
            app = Sphinx(
                self.root / "docs",
                self.root,
                output,
                self.root / "build" / language / f"{builder}-doctrees",
                builder,
                confoverrides={"language": language},
                status=None,
                warning=warnings,
                parallel=jobs,
            )
            app.connect("env-before-read-docs", lambda app, env, docnames: read.extend(docnames))
            app.connect("doctree-resolved", lambda app, doctree, docname: written.append(docname))
            app.build()
        plain = re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue()).replace(f"{self.root}/", "")
        return Build(output, plain.splitlines(), app.env, sorted(read), sorted(written))

    def run(self, verb: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m handbook VERB` as the Makefile does."""
        return self.run_module("handbook", verb, *arguments)

    def start(self, verb: str) -> subprocess.Popen[str]:
        """Begin a verb, with a group of processes of its own; what it says comes in one stream."""
        return begin(verb, self.root)

    def run_module(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a module of ours in the project's folder."""
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self.root,
            env=environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


@pytest.fixture
def tiny_project(tmp_path: Path) -> TinyProject:
    return TinyProject(tmp_path / "project")


@pytest.fixture(scope="session")
def build(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """What `make` says: builds the site into build/, where only what has changed is built anew."""
    if worker_id == "master":
        return run_build()
    # The first of the processes that share the work builds; the others wait, and read what was said.
    said = tmp_path_factory.getbasetemp().parent / "build.json"
    with FileLock(f"{said}.lock"):
        if not said.exists():
            said.write_text(json.dumps(vars(run_build())), encoding="utf-8")
    return subprocess.CompletedProcess(**json.loads(said.read_text(encoding="utf-8")))


def run_build() -> subprocess.CompletedProcess[str]:
    # The tests read the site from the disk, not from where it is published.
    places = ("HANDBOOK_BASE_URL", "HANDBOOK_REPOSITORY_URL")
    environment = {name: value for name, value in os.environ.items() if name not in places}
    return subprocess.run(
        [sys.executable, "-m", "handbook", "build"],
        cwd=ROOT,
        env=environment | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="session")
def site(build: subprocess.CompletedProcess[str]) -> None:
    """Asks for the built site; what its pages hold is read with `tests.site.pages`."""
    if build.returncode:
        pytest.fail("there is no site to test: see test_the_site_builds_without_a_warning", pytrace=False)
