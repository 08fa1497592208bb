"""Tells which Sphinx application a run has.

Directives, roles, transforms, domains and builders know the environment and the configuration of their run, and what the
handbook loads belongs to its application. Sphinx 9 has deprecated the ways from the one to the other (`env.app`,
`builder.app`) without a public one in their place, so each run is noted here by its configuration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ReferenceType, WeakKeyDictionary, ref

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: Weak on both sides: an application holds its configuration, and neither may be kept after its run.
_applications: WeakKeyDictionary[Config, ReferenceType[Sphinx]] = WeakKeyDictionary()


def note_application(app: Sphinx) -> None:
    """Note the application of a run, as soon as it has a configuration."""
    _applications[app.config] = ref(app)


def application_of(config: Config) -> Sphinx:
    """Return the application that runs with a configuration. Raises `KeyError` if it was not noted or is gone."""
    if (app := _applications[config]()) is None:
        raise KeyError(config)
    return app
