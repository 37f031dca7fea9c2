"""Reading the library: what is wrong is named by file and item."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from content.errors import BrokenLibrary
from content.library import read_library
from content.settings import LIBRARY
from content.soundness import find_problems

Change = Callable[[Any], Any]
EN, LINES, ROUTING = "topics/consent.en.yml", "helplines.yml", "routing.yml"


def rewrite(path: Path, change: Change) -> None:
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    changed = change(value)
    path.write_text(yaml.safe_dump(value if changed is None else changed, allow_unicode=True), encoding="utf-8")


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(BrokenLibrary) as caught:
        read_library(folder)
    return caught.value.problems


def test_a_sound_library(library_folder: Path) -> None:
    snapshot = read_library(library_folder)
    assert set(snapshot) == {"topics", "variants", "activities", "pictures", "helplines", "routing", "system"}
    assert list(find_problems(snapshot)) == []


def first(page: Any) -> Any:
    return page["sections"]["explain"][0]


@pytest.mark.parametrize(
    ("file", "change", "named"),
    [
        (EN, lambda p: p.update(topic="cats"), "topics/consent.en.yml: topic 'cats'"),
        (EN, lambda p: p.update(language="fr"), "language 'fr'"),
        (EN, lambda p: p.pop("title"), "topics/consent.en.yml: title is missing"),
        (EN, lambda p: p.update(review_by="soon"), "review_by"),
        (EN, lambda p: p.update(colour="red"), "'colour'"),
        (EN, lambda p: p["sections"].update(why=p["sections"].pop("explain")), "section 'why'"),
        (EN, lambda p: first(p).update(audience="cats"), "explain, variant 1: audience"),
        (EN, lambda p: first(p).update(age_band="12"), "explain, variant 1: age_band"),
        (EN, lambda p: first(p).update(bubbles=["x" * 241]), "241 characters"),
        (EN, lambda p: first(p).update(bubbles=["x"] * 13), "has 13 bubbles"),
        (EN, lambda p: first(p).update(bubbles=[]), "bubbles must be"),
        (EN, lambda p: first(p).update(bubbles=["[x](http://x.org)"]), "https://"),
        (EN, lambda p: p["sections"]["explain"].append(first(p)), "there twice"),
        (
            EN,
            lambda p: first(p).update(age_band="13_15"),
            "consent.cy.yml: no translation of explain/young_person/13_15/standard",
        ),
        (LINES, lambda lines: lines[2].update(hours="mornings"), "helplines.yml: childline: hours"),
        (LINES, lambda lines: lines[2].update(nations=["france"]), "childline: nations 'france'"),
        (LINES, lambda lines: lines[2].update(name={"en": "Childline"}), "name has no text in 'cy'"),
        (LINES, lambda lines: lines[2].update(ages=[18, 0]), "childline: ages"),
        (LINES, lambda lines: lines[2].update(routes=[]), "childline: a service needs"),
        (LINES, lambda lines: lines[2]["routes"][0].update(label=101), "childline: route 1"),
        (LINES, lambda lines: lines[2]["routes"][0].update(href="https://x"), "childline: route 1"),
        (LINES, lambda lines: lines.append(lines[2]), "childline: the same helpline is there twice"),
        (LINES, lambda lines: lines[0].update(id="nine"), "'emergency-999' is missing"),
        (ROUTING, lambda t: t["unknown"].append("nobody"), "routing.yml: unknown: there is no"),
        (ROUTING, lambda t: t["unknown"].append("wales-only"), "all four nations"),
        (ROUTING, lambda t: t["needs"].update(boredom=[]), "need 'boredom'"),
        (ROUTING, lambda t: t["needs"]["missing"][0]["offer"].append("x"), "missing, row 1: there"),
        (ROUTING, lambda t: t["needs"]["missing"][0].update(ages=["old"]), "missing, row 1: ages 'old'"),
        ("system/cy/help.yml", lambda words: words.pop("concern"), "system/cy: concern: the translation"),
        ("system/en/help.yml", lambda words: words.update(concern=[]), "en/help.yml: concern: must be"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(library_folder: Path, file: str, change: Change, named: str) -> None:
    rewrite(library_folder / file, lambda value: change(value) and None)
    assert any(named in problem for problem in problems_of(library_folder))


def test_a_missing_translation_of_a_topic(library_folder: Path) -> None:
    (library_folder / "topics" / "consent.cy.yml").unlink()
    assert problems_of(library_folder) == ["topics: consent.cy.yml: the translation is missing"]


def test_a_missing_file_and_one_that_is_not_yaml(library_folder: Path) -> None:
    (library_folder / "helplines.yml").unlink()
    (library_folder / "routing.yml").write_text("needs: [", encoding="utf-8")
    problems = problems_of(library_folder)
    assert "helplines.yml: the file is missing" in problems
    assert any(problem.startswith("routing.yml: is not YAML") for problem in problems)


def test_a_key_written_twice_is_an_error(library_folder: Path) -> None:
    path = library_folder / "system" / "en" / "help.yml"
    path.write_text(path.read_text(encoding="utf-8") + "concern: Another\n", encoding="utf-8")
    assert any("'concern' is there twice" in problem for problem in problems_of(library_folder))


def test_an_age_band_without_quotes_is_still_an_age_band(library_folder: Path) -> None:
    for language in ("en", "cy"):
        path = library_folder / "topics" / f"consent.{language}.yml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("- bubbles:", "- age_band: 13_15\n    bubbles:"), encoding="utf-8")
    assert {variant["age_band"] for variant in read_library(library_folder)["variants"]} == {"13_15"}


def test_helplines_may_be_split_over_a_folder(library_folder: Path) -> None:
    lines = yaml.safe_load((library_folder / "helplines.yml").read_text(encoding="utf-8"))
    (library_folder / "helplines.yml").unlink()
    (library_folder / "helplines").mkdir()
    for name, part in (("a", lines[:5]), ("b", lines[5:])):
        text = yaml.safe_dump(part, allow_unicode=True)
        (library_folder / "helplines" / f"{name}.yml").write_text(text, encoding="utf-8")
    assert [line["id"] for line in read_library(library_folder)["helplines"]] == [line["id"] for line in lines]


def test_the_library_that_ships_is_sound_and_may_be_published() -> None:
    assert list(find_problems(read_library(LIBRARY))) == []
