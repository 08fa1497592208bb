"""The record types: what the handbook knows, one class for each kind of thing.

A record is one item of a YAML file in `knowledge/`. All text in it is Japanese,
the language of the source; translations live in the catalogue `knowledge.po`.
Fields marked with `Translatable` are what goes into that catalogue.

Scalars reach these classes as text (see `yaml_source`); pydantic converts them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from handbook.knowledge.dates import EdtfDate, whole_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.knowledge.yaml_source import KeyPath

TRANSLATABLE = "translatable"

RecordId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
SourceKey = Annotated[str, StringConstraints(min_length=1)]
PlainText = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Translatable = Annotated[PlainText, TRANSLATABLE]
Kana = Annotated[str, StringConstraints(pattern=r"^[ぁ-ゖー0-9]+$")]
Day = Annotated[EdtfDate, AfterValidator(whole_day)]
Confidence = Literal["high", "medium"]
Pathway = Literal["low-emission", "nature-based", "circular", "resilient", "equitable"]


class Part(BaseModel):
    """Base of everything read from YAML: unknown fields are errors."""

    # What checks records is made with the first that is read, and most runs read none.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    def messages(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield the path and text of every translatable field, in file order."""
        marked = _marked_fields(type(self))
        for name in type(self).model_fields:
            value = getattr(self, name)
            if value is None:
                continue
            if isinstance(value, list):
                for index, item in enumerate(value):
                    if isinstance(item, Part):
                        yield from (((name, index, *path), text) for path, text in item.messages())
                    elif name in marked:
                        yield (name, index), item
            elif name in marked:
                yield (name,), value


@cache
def _marked_fields(part: type[Part]) -> frozenset[str]:
    """Return the fields that hold translatable text."""
    fields = part.model_fields.items()
    return frozenset(name for name, field in fields if TRANSLATABLE in field.metadata or _marked(field.annotation))


def _marked(annotation: Any) -> bool:
    """Tell whether a type such as `Translatable | None` or `list[Translatable]` is marked."""
    if TRANSLATABLE in getattr(annotation, "__metadata__", ()):
        return True
    return any(_marked(inner) for inner in getattr(annotation, "__args__", ()))


class Record(Part):
    """What every record has.

    `name` is Japanese; `name_en` the official English name, where there is one:
    the English catalogue must use exactly that. `name_is_ours` marks a Japanese
    name that no Japanese source prints. `as_of` dates a statement that changes.
    """

    #: Plural name of the type: its YAML file and its name in directives.
    collection: ClassVar[str]

    id: RecordId
    name: Translatable
    name_en: PlainText | None = None
    name_is_ours: bool = False
    reading: Kana | None = None
    abbreviation: PlainText | None = None
    summary: Translatable | None = None
    sources: list[SourceKey] = Field(default_factory=list)
    as_of: EdtfDate | None = None
    confidence: Confidence = "high"
    note: Translatable | None = None

    def cited(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield the path and key of every source that the record cites."""
        for index, key in enumerate(self.sources):
            yield ("sources", index), key

    def references(self) -> Iterator[tuple[KeyPath, str, type[Record]]]:
        """Yield the path, id and expected type of every record this one names."""
        return iter(())


class Sourced(Record):
    """A record that stands on somebody's word."""

    sources: Annotated[list[SourceKey], Field(min_length=1)]


class Described(Sourced):
    """A record that must say what it is, too."""

    summary: Translatable


Verb = Literal[
    "elects", "appoints", "nominates", "decides-for", "reports-to", "directs", "oversees", "serves", "supports"
]


class Relation(Part):
    """An arrow of the hierarchy: this body `verb` that body."""

    verb: Verb
    to: RecordId


class Body(Described):
    """A body or office holder of the organisation's governance.

    `several` says that the name stands for more than one, for languages whose
    verbs agree with that (the committees elect, the council elects).
    """

    collection: ClassVar[str] = "bodies"

    function: Literal["members", "decides", "runs", "supports"]
    several: bool = False
    part_of: RecordId | None = None
    chosen: Translatable | None = None
    duties: list[Translatable] = Field(default_factory=list)
    relations: list[Relation] = Field(default_factory=list)

    def references(self) -> Iterator[tuple[KeyPath, str, type[Record]]]:
        if self.part_of:
            yield ("part_of",), self.part_of, Body
        for index, relation in enumerate(self.relations):
            yield ("relations", index, "to"), relation.to, Body


class Office(Described):
    """A secretariat or office in one place."""

    collection: ClassVar[str] = "offices"

    kind: Literal["world-secretariat", "regional-secretariat", "regional-office", "country-office", "project-office"]
    city: Translatable | None = None
    country: Translatable | None = None
    region: Translatable | None = None
    since: EdtfDate | None = None
    until: EdtfDate | None = None


class Tenure(Sourced):
    """A person in a post; `place` is the post at home that the person held it from."""

    collection: ClassVar[str] = "tenures"

    post: Literal[
        "president",
        "first-vice-president",
        "vice-president",
        "secretary-general",
        "deputy-secretary-general",
        "regional-chair",
        "portfolio-holder",
        "board-chair",
        "director",
    ]
    place: Translatable | None = None
    since: EdtfDate | None = None
    until: EdtfDate | None = None


class Era(Record):
    """A chapter of the history; milestones belong to one."""

    collection: ClassVar[str] = "eras"

    date: EdtfDate


class Milestone(Described):
    """A dated event. `in_timeline` puts it into the diagram of its era under `label`."""

    collection: ClassVar[str] = "milestones"

    date: EdtfDate
    era: RecordId
    label: Translatable | None = None
    place: Translatable | None = None
    in_timeline: bool = False

    def references(self) -> Iterator[tuple[KeyPath, str, type[Record]]]:
        yield ("era",), self.era, Era


class Programme(Described):
    """A programme, campaign, platform, standard, tool, event series or publication."""

    collection: ClassVar[str] = "programmes"

    kind: Literal[
        "programme",
        "campaign",
        "platform",
        "standard",
        "tool",
        "initiative",
        "event",
        "service",
        "publication",
    ]
    since: EdtfDate | None = None
    until: EdtfDate | None = None
    status: Literal["active", "ended", "unknown"] = "unknown"
    pathways: list[Pathway] = Field(default_factory=list)
    iclei_role: Literal["lead", "co-lead", "founding-partner", "partner", "supporter"] | None = None
    partners: list[RecordId] = Field(default_factory=list)

    def references(self) -> Iterator[tuple[KeyPath, str, type[Record]]]:
        for index, partner in enumerate(self.partners):
            yield ("partners", index), partner, Partner


class Partner(Described):
    """A UN body, convention, conference or organisation that ICLEI works with or in."""

    collection: ClassVar[str] = "partners"

    kind: Literal["un-body", "un-convention", "un-conference", "un-process", "organization", "network"]
    date: EdtfDate | None = None
    place: Translatable | None = None
    since: EdtfDate | None = None
    relation: Translatable | None = None


#: Numbers of more digits are not exact any more, neither here nor where readers sort and add them (ECMA-262, JSON).
_TOO_LARGE = 1e15


class Observation(Part):
    """One value of a figure, as one source or several gave it at one time."""

    value: Annotated[float, Field(allow_inf_nan=False, gt=-_TOO_LARGE, lt=_TOO_LARGE)]
    qualifier: Literal["exact", "about", "more-than", "at-least"] = "exact"
    as_of: EdtfDate | None = None
    key: RecordId | None = None
    sources: Annotated[list[SourceKey], Field(min_length=1)]
    confidence: Confidence = "high"
    note: Translatable | None = None

    @property
    def selector(self) -> str:
        """What a writer may type after `figure@` to mean this observation; empty if nothing tells it from others."""
        return self.key or (self.as_of.text if self.as_of else "")

    def answers_to(self, selector: str) -> bool:
        """Tell whether a writer's `figure@selector` means this observation."""
        return selector == self.key or (self.as_of is not None and selector == self.as_of.text)


class Figure(Record):
    """A number that changes with time and source; observations, newest first.

    `pattern` is the text around the number; `{value}` stands for the number.
    `unit` clings to the number, before words such as 以上: 25%以上.
    """

    collection: ClassVar[str] = "figures"

    pattern: Annotated[Translatable, StringConstraints(pattern=r"^[^{}]*\{value\}([^{}]|\{value\})*$")] = "{value}"
    unit: Translatable | None = None
    observations: Annotated[list[Observation], Field(min_length=1)]

    @property
    def bare(self) -> bool:
        """Tell whether the number stands alone, without text to translate."""
        return self.pattern == "{value}"

    def messages(self) -> Iterator[tuple[KeyPath, str]]:
        yield from ((path, text) for path, text in super().messages() if path != ("pattern",) or not self.bare)

    def cited(self) -> Iterator[tuple[KeyPath, str]]:
        yield from super().cited()
        for index, observation in enumerate(self.observations):
            for at, key in enumerate(observation.sources):
                yield ("observations", index, "sources", at), key


class Avoided(Part):
    """A form that writers should not use for a term, and why; for writers, so not translated.

    `form` may end with a note in brackets that says in which sense it is wrong,
    市長（知事も含む場合）; without one it is wrong wherever it stands.
    """

    form: PlainText
    why: PlainText

    @property
    def always(self) -> bool:
        """Whether the form is wrong wherever it stands; otherwise that is for people to judge."""
        return "（" not in self.form


class Term(Described):
    """A glossary term; `summary` is its definition, one sentence without です・ます.

    `also_en` lists shorter English forms that translations may use for a name.
    `everyday` marks an ordinary word with a meaning of its own here: pages do not
    link it by themselves.
    """

    collection: ClassVar[str] = "terms"

    reading: Kana
    name_en: PlainText
    group: RecordId
    also_en: list[PlainText] = Field(default_factory=list)
    everyday: bool = False
    avoid: list[Avoided] = Field(default_factory=list)


class Claim(Part):
    """What one side of a conflict says, and who says it."""

    text: Translatable
    sources: Annotated[list[SourceKey], Field(min_length=1)]


class Conflict(Record):
    """A point on which sources disagree: the claims, and what this handbook prints and why."""

    collection: ClassVar[str] = "conflicts"

    topic: Literal["name", "history", "governance", "members", "offices", "programmes", "international", "japan"]
    about: list[RecordId] = Field(default_factory=list)
    claims: Annotated[list[Claim], Field(min_length=1)]
    printed: Translatable

    def cited(self) -> Iterator[tuple[KeyPath, str]]:
        yield from super().cited()
        for index, claim in enumerate(self.claims):
            for at, key in enumerate(claim.sources):
                yield ("claims", index, "sources", at), key

    def references(self) -> Iterator[tuple[KeyPath, str, type[Record]]]:
        for index, record_id in enumerate(self.about):
            yield ("about", index), record_id, Record


class Change(Record):
    """A change to what the handbook states: `name` says it in a line, `summary` what is different now.

    `date` is the day of the change; `about` lists the records that it concerns.
    """

    collection: ClassVar[str] = "changes"

    date: Day
    kind: Literal["added", "corrected", "updated"]
    summary: Translatable
    about: Annotated[list[RecordId], Field(min_length=1)]

    def references(self) -> Iterator[tuple[KeyPath, str, type[Record]]]:
        for index, record_id in enumerate(self.about):
            yield ("about", index), record_id, Record


RECORD_TYPES: tuple[type[Record], ...] = (
    Body,
    Tenure,
    Office,
    Era,
    Milestone,
    Programme,
    Partner,
    Figure,
    Conflict,
    Term,
    Change,
)
COLLECTIONS: dict[str, type[Record]] = {record_type.collection: record_type for record_type in RECORD_TYPES}
