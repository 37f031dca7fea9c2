"""Sites: each school or council whose pages embed the widget, and what may be said of one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

from content.contrast import COLOUR, contrast
from content.profile import Profile
from content.taxonomy import AUDIENCES, DEFAULT_AUDIENCE, DEFAULT_LANGUAGE, LANGUAGES, NATION_OF_PLACE, NATIONS, TOPICS

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEY_LENGTH = 64
NAME_LENGTH = 120
URL_LENGTH = 500
MOST_ORIGINS = 20
AT_HOME = ("localhost", "127.0.0.1")  # a page that is being built, on the builder's own machine
DEFAULT_PORTS = {"https": 443, "http": 80}
DEEP, LAMP, OWN = COLOURS = ("deep", "lamp", "own")
LANTERNS_OWN = {DEEP: "#17475a", LAMP: "#f4b740", OWN: "#d7eaee"}  # as chat/widget/style.css has them
TEXT, ON_DEEP, ON_LAMP, LINK = "#1b2a33", "#ffffff", "#2b2104", "#0f5570"  # what is written on them there
LEAST_FOR_TEXT, LEAST_FOR_EDGES = 4.5, 3.0  # WCAG 2.2, AA: 1.4.3 and 1.4.11
ALWAYS_SHOWN = ("telling_someone",)  # a way to help: no site's menu is without it
# What stands on what: the name of a colour, or a colour itself.
PAIRS = (
    ("white words on deep", ON_DEEP, DEEP, LEAST_FOR_TEXT),
    ("dark words on lamp", ON_LAMP, LAMP, LEAST_FOR_TEXT),
    ("the lamp edge on deep", LAMP, DEEP, LEAST_FOR_EDGES),
    ("dark words on own", TEXT, OWN, LEAST_FOR_TEXT),
    ("links on own", LINK, OWN, LEAST_FOR_TEXT),
)

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


@dataclass(frozen=True)
class Site:
    """One site. Its wishes fill what a request leaves out.

    `origins` are those of its pages, as a browser names them. `topics` are those its menus show, none for all.
    `colours` are by their names in COLOURS, none for Lantern's own; `exit_url` is where Exit leads, empty for
    Lantern's own. A page of it `keeps_conversation` over a change of page, in sessionStorage.
    """

    key: str
    name: str
    origins: tuple[str, ...] = ()
    place: str | None = None
    nation: str | None = None
    language: str = DEFAULT_LANGUAGE
    audience: str = DEFAULT_AUDIENCE
    topics: tuple[str, ...] = ()
    colours: Mapping[str, str] = field(default_factory=dict)
    exit_url: str = ""
    keeps_conversation: bool = False
    is_open: bool = True

    @classmethod
    def from_mapping(cls, item: Mapping[str, Any]) -> "Site":
        lists = {name: tuple(item.get(name) or ()) for name in ("origins", "topics")}
        return cls(**{**item, **lists, "colours": dict(item.get("colours") or {})})

    def as_item(self) -> dict[str, Any]:
        """This site in the library's shape, as JSON can hold it."""
        lists = {"origins": list(self.origins), "topics": list(self.topics), "colours": dict(self.colours)}
        return {name: getattr(self, name) for name in FIELDS} | lists

    def starting_profile(self, language: str | None = None) -> Profile:
        """What is known of someone who comes from here and has said nothing yet, or no more than their language."""
        return Profile().changed(
            language=language or self.language, nation=self.nation, place=self.place, audience=self.audience
        )

    def shows(self, topic: str) -> bool:
        """Whether its menus have this topic. Whoever asks for another one in words is answered all the same."""
        return not self.topics or topic in self.topics or topic in ALWAYS_SHOWN

    def allows(self, origin: str) -> bool:
        """Whether a page of this origin may start conversations for the site."""
        return self.is_open and origin in self.origins


FIELDS = tuple(one.name for one in fields(Site))


@dataclass(frozen=True)
class Ratio:
    """How well one colour stands out on another, from 1 to 21, and the least it has to be."""

    what: str
    ratio: float
    least: float

    @property
    def is_enough(self) -> bool:
        return self.ratio >= self.least

    @property
    def said(self) -> str:
        """The ratio with two places, rounded down: 4.498 is not 4.5."""
        return f"{int(self.ratio * 100) / 100:.2f}"


def measure(colours: Mapping[str, str]) -> list[Ratio]:
    """The contrasts of a site's colours; a colour that is not given is Lantern's own. They have to be colours."""
    known = LANTERNS_OWN | dict(colours)
    return [
        Ratio(what, contrast(known.get(front, front), known.get(back, back)), least)
        for what, front, back, least in PAIRS
    ]


def origin_of(address: str) -> str:
    """The origin of a web address as browsers write it. Raises ValueError when it is none."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port
    if parts.scheme not in DEFAULT_PORTS or not _HOST.fullmatch(host):
        raise ValueError(f"not a web address: {address}")
    return f"{parts.scheme}://{host}" + ("" if port in (None, DEFAULT_PORTS[parts.scheme]) else f":{port}")


def check_origin(origin: object) -> str | None:
    """What is wrong with an origin, None for nothing: https://host or https://host:port, and nothing else."""
    if not isinstance(origin, str) or not origin.strip():
        return "the origin is empty"
    if "*" in origin:
        return f"{origin}: write each address in full, without *"
    try:
        written = origin_of(origin)
    except ValueError:
        return f"{origin}: this is not an address such as https://www.school.example"
    if origin != written:
        return f"{origin}: write only {written}"
    if written.startswith("http:") and urlsplit(written).hostname not in AT_HOME:
        return f"{origin}: it has to start with https://; http:// is only for {' and '.join(AT_HOME)}"
    return None


def check_colours(colours: Mapping[str, object]) -> Iterator[str]:
    """What is wrong with a site's colours: unknown names, what is no colour, what is hard to read and its ratio."""
    problems = [f"colours: {name} is not known, only {', '.join(COLOURS)}" for name in colours if name not in COLOURS]
    for name, colour in colours.items():
        if not isinstance(colour, str) or not COLOUR.fullmatch(colour):
            problems.append(f"colours: {name} has to be a colour such as #17475a")
    yield from problems
    if not problems:
        for found in measure({name: str(colour) for name, colour in colours.items()}):
            if not found.is_enough:
                yield f"colours: {found.what}: the contrast is {found.said} to 1, it has to be {found.least:g} to 1"


def check_site(item: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a site in the library's shape, each problem with the name of its field in front."""
    key, name = item.get("key"), item.get("name")
    if not isinstance(key, str) or not KEY.fullmatch(key) or len(key) > KEY_LENGTH:
        yield f"key: use small letters, digits and hyphens, at most {KEY_LENGTH}"
    if not isinstance(name, str) or not name.strip() or len(name) > NAME_LENGTH:
        yield f"name: has to be there, with at most {NAME_LENGTH} characters"
    for field_name, kind in (("origins", list), ("topics", list), ("colours", dict)):
        if not isinstance(item.get(field_name), kind):
            yield f"{field_name}: has to be a {'mapping' if kind is dict else 'list'}"
            return
    yield from _check_origins(item["origins"])
    for field_name, known in (("language", LANGUAGES), ("audience", AUDIENCES)):
        if item.get(field_name) not in known:
            yield f"{field_name}: {item.get(field_name)!r} is not known"
    place, nation = item.get("place"), item.get("nation")
    if place is not None and place not in NATION_OF_PLACE:
        yield f"place: {place!r} is not known"
    if nation is not None and nation not in NATIONS:
        yield f"nation: {nation!r} is not known"
    if place in NATION_OF_PLACE and nation is not None and nation != NATION_OF_PLACE[place]:
        yield f"nation: {place} is not in {nation}"
    for topic in item["topics"]:
        if topic not in TOPICS:
            yield f"topics: {topic!r} is not known"
    yield from check_colours(item["colours"])
    if item.get("exit_url") and not _is_web_address(item["exit_url"]):
        yield f"exit_url: has to be an address that starts with https://, with at most {URL_LENGTH} characters"
    for field_name in ("keeps_conversation", "is_open"):
        if not isinstance(item.get(field_name), bool):
            yield f"{field_name}: has to be true or false"


def _check_origins(origins: Sequence[object]) -> Iterator[str]:
    if len(origins) > MOST_ORIGINS:
        yield f"origins: at most {MOST_ORIGINS}"
    for origin in origins:
        if problem := check_origin(origin):
            yield f"origins: {problem}"
    for position, origin in enumerate(origins):
        if origin in origins[:position]:
            yield f"origins: {origin} is there twice"


def _is_web_address(address: object) -> bool:
    try:
        parts = urlsplit(str(address))
    except ValueError:
        return False
    if not isinstance(address, str):
        return False
    is_plain = address.isprintable() and " " not in address and len(address) <= URL_LENGTH
    return is_plain and parts.scheme == "https" and bool(_HOST.fullmatch(parts.hostname or ""))
