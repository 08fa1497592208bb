"""How another Sphinx project links to records of the handbook: shown on the page "data", tried in a test."""

# [for readers]
from typing import ClassVar

from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole

extensions = ["myst_parser", "sphinx.ext.intersphinx"]
intersphinx_mapping = {"handbook": ("https://example.org/ja/", None)}


class RecordDomain(Domain):
    name = "record"
    label = "Records of the ICLEI Handbook"
    object_types: ClassVar = {"record": ObjType("record", "record")}
    roles: ClassVar = {"record": XRefRole()}


def setup(app: Sphinx) -> None:
    app.add_domain(RecordDomain)
