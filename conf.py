"""The one Sphinx configuration, for all languages.

`make` runs Sphinx once for each language with `-D language=…`; everything else
is the same. Settings are explained at
https://www.sphinx-doc.org/en/master/usage/configuration.html
"""

import sys
from pathlib import Path

# So that a bare `sphinx-build` finds the handbook's extension, too.
sys.path.insert(0, str(Path(__file__).resolve().parent))

# -- Project --------------------------------------------------------------
# https://www.sphinx-doc.org/en/master/usage/configuration.html#project-information

project = "イクレイ・ハンドブック"
author = "The ICLEI Handbook contributors"
copyright = "2026, The ICLEI Handbook contributors"  # noqa: A001 - Sphinx's name for it
#: Date of the facts, shown on the first page and in the footer.
release = "2026-11-24"

extensions = ["myst_parser", "handbook"]

# -- Languages ------------------------------------------------------------
# https://www.sphinx-doc.org/en/master/usage/advanced/intl.html

language = "ja"
#: Relative to the *source* folder (docs/), not to this file.
locale_dirs = ["../locales"]
#: One catalogue for each page.
gettext_compact = False
gettext_uuid = False

# -- Sources --------------------------------------------------------------

exclude_patterns = ["_diagrams"]
nitpicky = True

# -- MyST -----------------------------------------------------------------
# https://myst-parser.readthedocs.io/en/latest/configuration.html

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist"]
#: ```mermaid without braces, so that GitHub shows the drawing too.
myst_fence_as_directive = ["mermaid"]

# -- Citations ------------------------------------------------------------
# https://sphinxcontrib-bibtex.readthedocs.io/

bibtex_bibfiles = ["knowledge/sources.bib"]
bibtex_default_style = "handbook"
bibtex_reference_style = "handbook"
#: Anchors by key, the same in every language and every build.
bibtex_cite_id = "source-{key}"
bibtex_bibliography_id = "sources-list"
#: A tooltip cannot say which language its title is in.
bibtex_tooltips = False

# -- Diagrams -------------------------------------------------------------
# https://github.com/mgaitan/sphinxcontrib-mermaid
# The SVGs are drawn ahead of time (`make diagrams`), so no page loads a script.

mermaid_output_format = "svg"

# -- HTML -----------------------------------------------------------------
# https://pradyunsg.me/furo/customisation/

html_theme = "furo"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
#: Nothing is marked for an index yet; an empty page would only mislead.
html_use_index = False
html_domain_indices = False
