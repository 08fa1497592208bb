"""The knowledge base: every record and source, loaded and checked as one whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from handbook.knowledge.problems import ContentError, Problem, suggest
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

    def all(self, record_type: type[R]) -> list[R]:
        """Return the records of one type, in file order."""
        return [record for record in self.records.values() if isinstance(record, record_type)]

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
                yield Message(text, file, line, record.id, ".".join(str(part) for part in path))


def load(directory: Path, *, project: Path | None = None) -> KnowledgeBase:
    """Load `directory` (YAML files named after record collections, `sources.bib`).

    `project` is the folder that paths in messages are relative to; the parent
    of `directory` unless given. A missing YAML file counts as empty.
    Raises `ContentError` with all problems of all files.
    """
    project = project or directory.parent
    problems: list[Problem] = []
    files: dict[str, YamlSource] = {}
    records: dict[str, Record] = {}
    places: dict[str, tuple[str, int]] = {}
    # Records that could not be read would show up again as dangling references.
    unreadable: set[str] = set()
    sources: dict[str, Source] = {}

    bibliography = directory / SOURCES_FILE
    sources_readable = True
    try:
        if bibliography.exists():
            sources = read_sources(bibliography, _relative(bibliography, project))
    except ContentError as error:
        sources_readable = False
        problems += error.problems

    known_files = [f"{name}.yaml" for name in COLLECTIONS]
    for file in sorted(directory.glob("*.y*ml")):
        if file.name not in known_files:
            remedy = suggest(file.name, known_files, "name it after a record type: " + ", ".join(known_files))
            problems.append(Problem(_relative(file, project), 1, "no record type has this file name", remedy))

    for collection, record_type in COLLECTIONS.items():
        file = directory / f"{collection}.yaml"
        if not file.exists():
            continue
        try:
            source = read_yaml(file, _relative(file, project))
        except ContentError as error:
            problems += error.problems
            unreadable.add(collection)
            continue
        files[collection] = source
        if not isinstance(source.data, list):
            unreadable.add(collection)
            problems.append(
                Problem(source.file, 1, "the file is not a list of records", "start each record with '- id: …'")
            )
            continue
        for index, item in enumerate(source.data):
            record, found = _record(record_type, source, index, item)
            problems += found
            if record is None:
                unreadable.add(collection)
                continue
            if record.id in records:
                first_file, first_line = files[places[record.id][0]].file, _line(files, places, record.id)
                problems.append(
                    Problem(
                        source.file,
                        source.line_of((index, "id")),
                        f"this id is used already in {first_file.as_posix()}:{first_line}",
                        "give one of the two records another id",
                        record=record.id,
                        field="id",
                    )
                )
                continue
            records[record.id] = record
            places[record.id] = (collection, index)

    base = KnowledgeBase(records, sources, files, places)
    problems += _dangling(base, unreadable)
    problems += _order_of_observations(base)
    if sources_readable:
        problems += _unknown_sources(base)
    if problems:
        raise ContentError(problems)
    return base


def _relative(file: Path, project: Path) -> Path:
    return file.relative_to(project) if file.is_relative_to(project) else file


def _line(files: dict[str, YamlSource], places: dict[str, tuple[str, int]], record_id: str) -> int:
    collection, index = places[record_id]
    return files[collection].line_of((index, "id"))


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
    at = ".".join(str(part) for part in path)
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
        case "float_parsing" | "int_parsing":
            what, remedy = f"'{given}' is not a number", "write digits alone, such as 2500"
        case "bool_parsing":
            what, remedy = f"'{given}' is neither true nor false", "write true or false"
        case _:
            what, remedy = f"{detail['msg']} (here: {given!r})", "compare with a record of the same file"
    return Problem(source.file, source.line_of((index, *path)), what, remedy, record=name, field=at)


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
            file, line = base.place(record.id, path)
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
            problems.append(Problem(file, line, what, remedy, record.id, ".".join(map(str, path))))
    return problems


def _unknown_sources(base: KnowledgeBase) -> list[Problem]:
    problems = []
    for record in base.records.values():
        for path, key in record.cited():
            if key not in base.sources:
                file, line = base.place(record.id, path)
                if "、" in key or "，" in key:
                    remedy = "write half-width commas between keys: [first, second]"
                else:
                    remedy = suggest(key, base.sources, f"add an entry '{key}' to knowledge/{SOURCES_FILE}")
                problems.append(
                    Problem(file, line, f"no source has the key '{key}'", remedy, record.id, ".".join(map(str, path)))
                )
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
                file, line = base.place(figure.id, ("observations", index))
                problems.append(
                    Problem(
                        file,
                        line,
                        f"the observation of {observation.as_of} stands below an older one",
                        "sort observations newest first",
                        figure.id,
                        f"observations.{index}",
                    )
                )
            newest = key
    return problems
