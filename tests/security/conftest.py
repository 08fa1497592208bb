"""The hostile handbook, built once for each test process that asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from handbook.site.plain import write_entrance, write_not_found
from handbook.site.sitemap import write_sitemap
from tests.conftest import TinyProject
from tests.security.hostile import make_hostile

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Build

#: Nobody has it, and nothing may ask for it.
BASE = "https://handbook.invalid/site"
LANGUAGES = ("ja", "en")


@dataclass(frozen=True)
class Hostile:
    """The project, what its records hold, and its site in both languages."""

    project: TinyProject
    texts: list[str]
    site: Path
    builds: dict[str, Build]

    @property
    def pages(self) -> list[Path]:
        return sorted(self.site.rglob("*.html"))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    project = TinyProject(tmp_path_factory.mktemp("hostile") / "project")
    texts = make_hostile(project)
    conf = project.root / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + f'handbook_base_url = "{BASE}"\n', encoding="utf-8")
    site = project.root / "site"
    site.mkdir()
    builds = {language: project.build(language) for language in LANGUAGES}
    for language, build in builds.items():
        build.output = build.output.rename(site / language)
    write_entrance(site, project.root / "locales", LANGUAGES)
    # Tests read it from the disk.
    write_not_found(site, project.root / "locales", LANGUAGES, site.as_uri())
    write_sitemap(site, LANGUAGES, ["index", "page"], BASE)
    return Hostile(project, texts, site, builds)
