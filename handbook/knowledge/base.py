"""The knowledge base: every record and source, loaded and checked as one whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from handbook.knowledge.problems import ContentError, Problem, path_in_project, suggest
from handbook.knowledge.records import COLLECTIONS, Avoided, Claim, Figure, Observation, Part, Record, Relation
from handbook.knowledge.sources import Source, read_sources
from handbook.knowledge.yaml_source import KeyPath, YamlSource, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Set
    from pathlib import Path

    from pydantic_core import ErrorDetails

R = TypeVar("R", bound=Record)

SOURCES_FILE = "sources.bib"


@dataclass(frozen=True)
class Message:
    """A translatable text of a record, and where it stands."""

    text: str
    file: Path
    line: int
    record: str
    field: str


@dataclass(frozen=True)
class KnowledgeBase:
    """Records by id and sources by key, both in the order of their files."""

    records: Mapping[str, Record]
    sources: Mapping[str, Source]
    files: Mapping[str, YamlSource] = field(repr=False)
    places: Mapping[str, tuple[str, int]] = field(repr=False)
    #: What `load_kept` tells it by from others; empty where nobody asked for that.
    state: str = field(default="", repr=False, compare=False)

    @cached_property
    def _of_type(self) -> dict[type[Record], list[Any]]:
        """Records by type, as they are asked for."""
        return {}

    def all(self, record_type: type[R]) -> list[R]:
        """Return the records of one type, in file order."""
        if record_type not in self._of_type:
            found = [record for record in self.records.values() if isinstance(record, record_type)]
            self._of_type[record_type] = found
        return [*self._of_type[record_type]]

    def place(self, record_id: str, path: KeyPath = ()) -> tuple[Path, int]:
        """Return file and line of a record, or of the field at `path` within it."""
        collection, index = self.places[record_id]
        source = self.files[collection]
        return source.file, source.line_of((index, *path))

    def messages(self) -> Iterator[Message]:
        """Yield every translatable text, with its place, in file order."""
        for record in self.records.values():
            for path, text in record.messages():
                file, line = self.place(record.id, path)
                yield Message(text, file, line, record.id, _dotted(path))


def load(directory: Path, *, project: Path | None = None) -> KnowledgeBase:
    """Load `directory` (YAML files named after record collections, `sources.bib`).

    `project` is the folder that paths in messages are relative to; the parent
    of `directory` unless given. A missing file counts as empty.
    Raises `ContentError` with all problems of all files.
    """
    project = project or directory.parent
    problems = _misnamed_files(directory, project)
    sources: dict[str, Source] | None = {}
    try:
        if (bibliography := directory / SOURCES_FILE).exists():
            sources = read_sources(bibliography, path_in_project(bibliography, project))
    except ContentError as error:
        sources = None
        problems += error.problems
    reader = _RecordReader()
    for collection in COLLECTIONS:
        if (file := directory / f"{collection}.yaml").exists():
            reader.read(collection, file, path_in_project(file, project))
    base = KnowledgeBase(reader.records, sources or {}, reader.files, reader.places)
    problems += [*reader.problems, *_dangling(base, reader.unreadable), *_order_of_observations(base)]
    if sources is not None:
        problems += _unknown_sources(base)
    if problems:
        raise ContentError(problems)
    return base


def _misnamed_files(directory: Path, project: Path) -> list[Problem]:
    """Find YAML files that would not be read, since no record type has their name."""
    known = [f"{name}.yaml" for name in COLLECTIONS]
    return [
        Problem(
            path_in_project(file, project),
            1,
            "no record type has this file name",
            suggest(file.name, known, "name it after a record type: " + ", ".join(known)),
        )
        for file in directory.glob("*.y*ml")
        if file.name not in known
    ]


class _RecordReader:
    """Reads record files one after another, and collects their records and what is wrong with them."""

    def __init__(self) -> None:
        self.files: dict[str, YamlSource] = {}
        self.records: dict[str, Record] = {}
        #: Collection of each record, and its number there.
        self.places: dict[str, tuple[str, int]] = {}
        self.problems: list[Problem] = []
        #: Collections that lack records, which would show up again as dangling references.
        self.unreadable: set[str] = set()

    def read(self, collection: str, file: Path, shown_as: Path) -> None:
        """Read the file of one collection."""
        try:
            source = read_yaml(file, shown_as)
            if not isinstance(source.data, list):
                what, remedy = "the file is not a list of records", "start each record with '- id: …'"
                raise ContentError([Problem(shown_as, 1, what, remedy)])
        except ContentError as error:
            self.problems += error.problems
            self.unreadable.add(collection)
            return
        self.files[collection] = source
        for index, item in enumerate(source.data):
            record, found = _record(COLLECTIONS[collection], source, index, item)
            self.problems += found
            if record is None:
                self.unreadable.add(collection)
            elif record.id in self.records:
                self.problems.append(self._used_twice(record.id, source, index))
            else:
                self.records[record.id] = record
                self.places[record.id] = (collection, index)

    def _used_twice(self, record_id: str, source: YamlSource, index: int) -> Problem:
        collection, first = self.places[record_id]
        used = self.files[collection]
        return Problem(
            source.file,
            source.line_of((index, "id")),
            f"this id is used already in {used.file.as_posix()}:{used.line_of((first, 'id'))}",
            "give one of the two records another id",
            record=record_id,
            field="id",
        )


def _record(
    record_type: type[Record], source: YamlSource, index: int, item: Any
) -> tuple[Record | None, list[Problem]]:
    """Build one record, or say everything that is wrong with it."""
    if not isinstance(item, dict):
        return None, [
            Problem(source.file, source.line_of((index,)), "this item is not a record", "write '- id: …' and fields")
        ]
    name = str(item.get("id", "")) or f"number {index + 1}"
    # An empty value in YAML means "not given".
    given = {key: value for key, value in item.items() if value != ""}
    try:
        return record_type.model_validate(given), []
    except ValidationError as error:
        return None, [
            _from_pydantic(detail, record_type, source, index, name) for detail in error.errors(include_url=False)
        ]


def _from_pydantic(
    detail: ErrorDetails, record_type: type[Record], source: YamlSource, index: int, name: str
) -> Problem:
    """Say a pydantic error in the words of someone who edits YAML."""
    path: KeyPath = tuple(detail["loc"])
    given = detail["input"]
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            what, remedy = "this field is missing", f"add '{path[-1]}: …' to the record"
        case "extra_forbidden":
            what = "no such field"
            remedy = suggest(str(path[-1]), _fields(record_type, path), "remove it")
        case "literal_error":
            what, remedy = f"'{given}' is not allowed here", f"write {context.get('expected', 'an allowed value')}"
        case "edtf":
            what = str(context.get("reason", "not a date"))
            remedy = "write a date such as 1990, 1990-09, 1990-09-05, 2009~ or 1990-09-05/1990-09-09"
        case "day":
            what, remedy = str(context.get("reason", "not a day")), "write year, month and day, such as 2026-11-24"
        case "too_short":
            what, remedy = "this list is empty", "name at least one"
        case "string_pattern_mismatch" if path[-1] == "id" or {"to", "part_of", "about"} & set(path):
            what, remedy = f"'{given}' is not an id", "use small letters, digits and hyphens, such as world-secretariat"
        case "string_pattern_mismatch" if path[-1] == "reading":
            what, remedy = f"'{given}' is not a reading", "write it in hiragana"
        case "string_pattern_mismatch" if path[-1] == "pattern":
            what, remedy = f"'{given}' is no pattern for a number", "write {value} for the number, and no other braces"
        case "list_type":
            what, remedy = f"'{given}' is not a list", "write it in brackets: [first, second]"
        case "float_parsing" | "finite_number":
            what, remedy = f"'{given}' is not a number", "write digits alone, such as 2500"
        case "greater_than" | "less_than" if path[-1] == "value":
            what, remedy = f"'{given}' has more digits than can be told exactly", "write a number of 15 digits or fewer"
        case "bool_parsing":
            what, remedy = f"'{given}' is neither true nor false", "write true or false"
        case _:
            what, remedy = f"{detail['msg']} (here: {given!r})", "compare with a record of the same file"
    return Problem(source.file, source.line_of((index, *path)), what, remedy, record=name, field=_dotted(path))


def _fields(record_type: type[Record], path: KeyPath) -> list[str]:
    parts: dict[str | int, type[Part]] = {
        "observations": Observation,
        "relations": Relation,
        "claims": Claim,
        "avoid": Avoided,
    }
    return list((parts.get(path[0], record_type) if len(path) > 1 else record_type).model_fields)


def _dangling(base: KnowledgeBase, unreadable: Set[str]) -> list[Problem]:
    """Find references to records that do not exist or are of another type.

    References into `unreadable` collections are left for the next run, when all their records are there.
    """
    problems = []
    for record in base.records.values():
        for path, target, expected in record.references():
            found = base.records.get(target)
            collections = {kind.collection for kind in COLLECTIONS.values() if issubclass(kind, expected)}
            if isinstance(found, expected) or (found is None and collections & unreadable):
                continue
            what = (
                f"'{target}' is a record of {found.collection}, not of {expected.collection}"
                if found
                else f"no record has the id '{target}'"
            )
            remedy = suggest(
                target,
                (other.id for other in base.all(expected)),
                "add the record to " + " or ".join(f"knowledge/{name}.yaml" for name in sorted(collections)),
            )
            problems.append(_problem(base, record, path, what, remedy))
    return problems


def _unknown_sources(base: KnowledgeBase) -> list[Problem]:
    """Find citations of sources that the BibTeX file does not have."""
    problems = []
    for record in base.records.values():
        for path, key in record.cited():
            if key not in base.sources:
                if "、" in key or "，" in key:
                    remedy = "write half-width commas between keys: [first, second]"
                else:
                    remedy = suggest(key, base.sources, f"add an entry '{key}' to knowledge/{SOURCES_FILE}")
                problems.append(_problem(base, record, path, f"no source has the key '{key}'", remedy))
    return problems


def _order_of_observations(base: KnowledgeBase) -> list[Problem]:
    """The first observation is what readers see; it must be the newest dated one."""
    problems = []
    for figure in base.all(Figure):
        newest = None
        for index, observation in enumerate(figure.observations):
            if observation.as_of is None:
                continue
            key = observation.as_of.key
            if newest is not None and key > newest:
                what = f"the observation of {observation.as_of} stands below an older one"
                remedy = "sort observations newest first"
                problems.append(_problem(base, figure, ("observations", index), what, remedy))
            newest = key
    return problems


def _problem(base: KnowledgeBase, record: Record, path: KeyPath, what: str, remedy: str) -> Problem:
    """Return what is wrong with a field of a record, with its place."""
    file, line = base.place(record.id, path)
    return Problem(file, line, what, remedy, record.id, _dotted(path))


def _dotted(path: KeyPath) -> str:
    """Return a field as messages name it: observations.0.value."""
    return ".".join(map(str, path))
