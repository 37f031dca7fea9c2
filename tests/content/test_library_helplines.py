"""The starter helplines and their routing, read as plain files: what a mistake in them would cost a child."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

LIBRARY = Path(__file__).parents[2] / "content" / "library"
NATIONS = ("wales", "england", "scotland", "northern_ireland")
SPANS = {"under_13": (0, 12), "13_15": (13, 15), "16_17": (16, 17), "18_plus": (18, 24)}
NEEDS = [
    "immediate_danger", "suicidal_now", "suicidal_thoughts", "sexual_assault_recent", "sexual_assault_past",
    "grooming_online", "nude_image", "sextortion", "sexual_exploitation", "county_lines", "trafficking",
    "forced_marriage", "hurt_at_home", "relationship_control", "missing", "homelessness", "bullying",
    "own_sexual_thoughts", "low_mood", "drugs", "lgbtq", "contraception", "in_care", "anonymous_crime",
    "worried_friend", "parent_worried", "professional_worried", "general_talk",
]  # fmt: skip
NEEDS_OF_ADULTS = ("parent_worried", "professional_worried")  # the adult calls: ages rule nothing out
MOST_CHARACTERS = {"name": 80, "what_for": 240, "hours_words": 160, "cost": 120, "trace": 200, "privacy": 330}
SCHEMES = {
    "phone": "tel:", "text": "sms:", "email": "mailto:",
    "webchat": "https://", "form": "https://", "bsl": "https://", "in_person": "https://",
}  # fmt: skip

BANNED_NUMBERS = {  # digits as dialled in the UK: why nobody may be shown them
    "70577": "SAFE to 70577 is a £10 donation, not help",
    "08088010100": "a wrong number for Live Fear Free",
    "08088029999": "the old Rape Crisis line",
    "03003300630": "the old Switchboard number, which was not free",
    "03009995428": "the old Galop number",
    "08080684141": "Papyrus mistyped",
    "07786209697": "an old Papyrus text number",
    "07860039967": "an old Papyrus text number",
    "02920004787": "Meic's office, not its helpline",
    "08088084994": "The Mix, unconfirmed since it merged",
    "0500700700": "the old Missing People line",
    "88858": "the old NSPCC text number",
    "01793466903": "Swindon's old front door",
    "08003280292": "a night line of 2019 in Wales, unconfirmed",
    "84001": "Meic's text number, unconfirmed",
    "07943114449": "Meic's text number, unconfirmed",
}
BANNED_NAMES = ("HOPELINEUK", "Runaway Helpline", "StopNCII", "Family Lives", "BullyingUK")
LIVE_FEAR_FREE_TEXT = "07860077333"


def read_list(path: Path) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return items


HELPLINES = [item for path in sorted((LIBRARY / "helplines").glob("*.yml")) for item in read_list(path)]
BY_ID = {item["id"]: item for item in HELPLINES}
ROUTING = yaml.safe_load((LIBRARY / "routing.yml").read_text(encoding="utf-8"))

every_helpline = pytest.mark.parametrize("helpline", HELPLINES, ids=lambda item: item["id"])


def every_or(value: str | list[str], every: tuple[str, ...]) -> tuple[str, ...]:
    return every if value == "all" else tuple(value)


def cells() -> Iterator[tuple[str, str, str, list[str]]]:
    """(need, nation, band, ids) for each cell of the routing; what comes first online is one of the ids."""
    for need, rows in ROUTING["needs"].items():
        for row in rows:
            offered = [row["online_first"], *row["offer"]] if "online_first" in row else row["offer"]
            for nation in every_or(row["nations"], NATIONS):
                for band in every_or(row["ages"], tuple(SPANS)):
                    yield need, nation, band, offered


def join_digits(text: str) -> str:
    """`text` with no gaps inside numbers and +44 as 0: "+44 808 80 10 100" becomes "08088010100"."""
    text = re.sub(r"(?<=\d)[ .()-]+(?=\d)", "", text)
    return re.sub(r"\+44", "0", text)


def library_lines() -> Iterator[tuple[str, str]]:
    for path in sorted(LIBRARY.rglob("*.yml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.relative_to(LIBRARY)}:{number}", line


@pytest.mark.parametrize("number", BANNED_NUMBERS)
def test_banned_number_is_nowhere_in_the_library(number: str) -> None:
    found = [at for at, line in library_lines() if re.search(rf"(?<!\d){number}(?!\d)", join_digits(line))]
    assert not found, f"{number} ({BANNED_NUMBERS[number]}) is in {found}"


@pytest.mark.parametrize("name", BANNED_NAMES)
def test_banned_name_is_nowhere_in_the_library(name: str) -> None:
    assert [at for at, line in library_lines() if name.casefold() in line.casefold()] == []


@pytest.mark.parametrize("written", ["+44 808 80 10 100", "tel:+448088010100", "0808 801-0100"])
def test_number_is_found_however_it_is_written(written: str) -> None:
    assert "08088010100" in join_digits(written)


def test_live_fear_free_text_number_belongs_to_nobody_else() -> None:
    holders = {item["id"] for item in HELPLINES if LIVE_FEAR_FREE_TEXT in join_digits(str(item))}
    assert holders == {"live-fear-free"}


def test_no_two_helplines_share_an_id() -> None:
    assert len(BY_ID) == len(HELPLINES)


@every_helpline
def test_words_exist_in_both_languages_and_are_short(helpline: dict[str, Any]) -> None:
    for field, most in MOST_CHARACTERS.items():
        for language in ("en", "cy"):
            words = helpline[field].get(language)
            assert words, f"{field} has no words in {language}"
            assert len(words) <= most, f"{field} in {language}: {len(words)} characters, at most {most} fit"


@every_helpline
def test_sentences_are_not_left_in_english_in_the_welsh(helpline: dict[str, Any]) -> None:
    for field in ("what_for", "hours_words", "cost", "trace", "privacy"):
        assert helpline[field]["en"] != helpline[field]["cy"], f"{field} is the same in both languages"


@every_helpline
def test_nothing_promises_to_keep_a_secret(helpline: dict[str, Any]) -> None:
    promise = re.compile(
        r"never tell|(won't|will not|do not|don't) tell (anyone|anybody)|completely (private|confidential)|"
        r"\bsecret|fydd(an nhw)? byth yn dweud|cadw cyfrinach|hollol (breifat|gyfrinachol)",
        re.IGNORECASE,
    )
    assert not [words for words in helpline["privacy"].values() if promise.search(words)]


@every_helpline
def test_shape_is_known(helpline: dict[str, Any]) -> None:
    assert helpline["kind"] in ("service", "signpost")
    assert helpline["status"] in ("active", "unconfirmed")
    assert set(helpline["nations"]) <= set(NATIONS)
    assert helpline["nations"]
    assert set(helpline["languages"]) <= {"en", "cy"}
    assert set(helpline["needs"]) <= set(NEEDS)
    low, high = helpline["ages"]
    assert high is None or low <= high
    assert helpline["checked_on"] is None, "a starter line awaits a local check"
    assert helpline["checked_by"] is None


@every_helpline
def test_service_can_be_reached_and_names_its_source(helpline: dict[str, Any]) -> None:
    if helpline["kind"] == "signpost":
        assert helpline["routes"] == []
        assert helpline["hours"] is None
    else:
        assert helpline["routes"]
        assert helpline["sources"]


@every_helpline
def test_route_dials_what_it_shows(helpline: dict[str, Any]) -> None:
    for route in helpline["routes"]:
        assert route["href"].startswith(SCHEMES[route["channel"]])
        if route["channel"] in ("phone", "text"):
            assert join_digits(route["href"].split(":")[1]) == re.sub(r"\D", "", route["label"])
        elif route["channel"] == "email":
            assert route["href"] == f"mailto:{route['label']}"
        else:
            assert route["label"] in route["href"]


def test_unknown_hours_send_the_reader_to_a_website() -> None:
    for helpline in HELPLINES:
        if helpline["kind"] == "service" and helpline["hours"] is None:
            assert "heck on" in helpline["hours_words"]["en"], helpline["id"]


def test_silent_call_is_told_truly() -> None:
    line = BY_ID["silent-solution-55"]
    told = line["what_for"]["en"] + line["privacy"]["en"]
    for part in (
        "Only on a mobile",
        "Cough or tap",
        "Press 55 when you are asked",
        "A silent call alone does not bring them",
        "55 does not tell them where you are",
    ):
        assert part in told


def test_text_to_999_says_that_it_must_be_registered_before() -> None:
    assert "only works if your phone was registered before" in BY_ID["emergency-sms"]["what_for"]["en"]


@pytest.mark.parametrize(
    ("id_", "low", "high"),
    [
        ("childline", 0, 18),
        ("report-remove", 0, 17),
        ("ceop", 0, 17),
        ("rape-crisis-ew", 16, None),
        ("shore", 13, 18),
        ("centrepoint", 16, 25),
        ("revenge-porn-helpline", 18, None),
        ("papyrus", 0, 34),
        ("safecall", 0, 24),
        ("report-harmful-content", 13, None),
        ("stop-it-now", 18, None),
    ],
)
def test_age_gate_holds(id_: str, low: int, high: int | None) -> None:
    assert BY_ID[id_]["ages"] == [low, high]


def test_line_bought_by_area_waits_for_the_council() -> None:
    assert BY_ID["kooth"]["status"] == "unconfirmed"


def test_every_need_has_a_row() -> None:
    assert list(ROUTING["needs"]) == NEEDS


@pytest.mark.parametrize("need", NEEDS)
def test_need_has_exactly_one_row_for_every_nation_and_age(need: str) -> None:
    named = [(nation, band) for of, nation, band, _ in cells() if of == need]
    assert sorted(named) == sorted((nation, band) for nation in NATIONS for band in SPANS)


@pytest.mark.parametrize("need", NEEDS)
def test_cell_offers_three_active_lines_made_for_it(need: str) -> None:
    for of, nation, band, ids in cells():
        if of != need:
            continue
        at = f"{need}, {nation}, {band}"
        assert 3 <= len(set(ids)) == len(ids) <= 4, at
        for id_ in ids:
            assert id_ in BY_ID, f"{at}: {id_} does not exist"
            helpline = BY_ID[id_]
            assert helpline["status"] == "active", f"{at}: {id_} is not active"
            assert need in helpline["needs"], f"{at}: {id_} does not name this need"


@pytest.mark.parametrize("need", NEEDS)
def test_cell_breaks_no_gate(need: str) -> None:
    for of, nation, band, ids in cells():
        for id_ in ids if of == need else ():
            helpline = BY_ID[id_]
            assert nation in helpline["nations"], f"{need}, {band}: {id_} is not for {nation}"
            youngest, oldest = SPANS[band]
            low, high = helpline["ages"]
            fits_age = low <= youngest and (high is None or oldest <= high)
            assert fits_age or need in NEEDS_OF_ADULTS, f"{need}, {nation}: {id_} is not for {band}"


@pytest.mark.parametrize("need", ["immediate_danger", "suicidal_now"])
def test_danger_puts_999_first(need: str) -> None:
    assert {ids[0] for of, _, _, ids in cells() if of == need} == {"emergency-999"}


def test_unknown_age_and_last_resort_fit_the_whole_country() -> None:
    assert ROUTING["unknown"] == ["childline", "shout"]
    assert ROUTING["last_resort"] == ["childline", "samaritans", "emergency-999"]
    for id_ in (*ROUTING["unknown"], *ROUTING["last_resort"]):
        assert set(BY_ID[id_]["nations"]) == set(NATIONS)
        assert BY_ID[id_]["hours"] == "24/7"
