"""Gathers the fonts of a book in one folder, so that no other font of the machine gets into it."""

from __future__ import annotations

import filecmp
import shutil
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def gather(fonts: Sequence[str], confdir: Path, folder: Path) -> None:
    """Fill `folder` with the fonts.

    A font is a file relative to `confdir`, or `package:file` for one that an
    installed package brings. Raises `ConfigError` for one that is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted: dict[str, str] = {}
    for font in fonts:
        wanted[font.rpartition("/")[2].rpartition(":")[2]] = font
    for old in folder.iterdir():
        if old.name not in wanted:
            old.unlink()
    for name, font in wanted.items():
        package, colon, path = font.partition(":")
        if not colon:
            _place(confdir / font, folder / name, font)
            continue
        try:
            resource = files(package).joinpath(path)
        except ModuleNotFoundError:
            raise ConfigError(f"the font '{font}' is in a package that is not installed: {package}") from None
        with as_file(resource) as file:
            _place(file, folder / name, font)


def _place(file: Path, place: Path, font: str) -> None:
    if not file.is_file():
        raise ConfigError(f"the font '{font}' does not exist: {file}")
    if not place.exists() or not filecmp.cmp(file, place):
        shutil.copyfile(file, place)
