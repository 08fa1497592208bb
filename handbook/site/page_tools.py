"""What stands at the foot of each page: its lasting address, how to cite it, report an error in it and mend it."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from handbook.content.address import published
from handbook.content.editions import edition_of, locale_dir_of
from handbook.content.front_matter import front_matter
from handbook.site.citation import CitedPage
from handbook.site.downloads import book_name
from handbook.site.repository import Repository
from handbook.translation.catalogue import catalogue_path

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx


class PageTools(NamedTuple):
    """What the template `page-tools.html` needs; `report` and `edit` are empty without a repository."""

    link: str
    citation: str
    bibtex: str
    report: str
    edit: str
    file: str


def add_page_tools(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the template the tools of a page that somebody wrote (event `html-page-context`)."""
    if doctree is None or app.builder.name != "html":
        return
    edition, config = edition_of(app), app.config
    translation, language = edition.translation, edition.language
    target = app.builder.get_target_uri(pagename)
    address = published(app, target)
    title = app.env.titles[pagename].astext()
    cited = CitedPage(
        key="-".join([book_name(language), *pagename.split("/")]),
        author=config.author,
        title="" if pagename == config.root_doc else title,
        book=front_matter(app).title,
        date=config.release,
        url=address,
    )
    repository, file = Repository.of(config), _file(app, pagename)
    context["page_tools"] = PageTools(
        link=address or target.rsplit("/", 1)[-1],
        citation=cited.text(translation),
        bibtex=cited.bibtex(language),
        report=repository.wrong_fact(
            translation.word("誤り：{title}").format(title=title), address or f"{language}/{target}"
        ),
        edit=repository.editor(file),
        file=str(file),
    )


def _file(app: Sphinx, pagename: str) -> PurePosixPath:
    """Return where the words of a page are mended: in the page itself, or in the catalogue of its translation."""
    file = Path(app.env.doc2path(pagename))
    if app.config.language != app.config.handbook_source_language:
        catalogue = catalogue_path(locale_dir_of(app), app.config.language, pagename)
        if catalogue.exists():
            file = catalogue
    return PurePosixPath(Path(os.path.relpath(file, app.confdir)).as_posix())
