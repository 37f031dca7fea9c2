"""Conventions of the project, each a test whose failure names the file and the cure."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from content.taxonomy import ABOUT, NEEDS, URGENCIES

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "safety", "actions", "content", "chat", "admin")
MAY_IMPORT = {
    "content": set(),
    "safety": set(),
    "actions": {"content"},
    "admin": {"content", "safety"},
    "chat": {"content", "safety"},
    "bot": {"safety"},
}
LONGEST = 300


def python_files(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]


def intents() -> dict[str, list[str]]:
    """The phrases of each intent, over all files."""
    phrases: dict[str, list[str]] = defaultdict(list)
    for file in sorted((ROOT / "data" / "intents").glob("*.yml")):
        for item in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            phrases[item["intent"]] += re.findall(r"^- (.+)$", item["examples"], flags=re.MULTILINE)
    return phrases


def domain_intents() -> list[str]:
    files = sorted((ROOT / "bot" / "domain").glob("*.yml"))
    return [intent for file in files for intent in yaml.safe_load(file.read_text()).get("intents", [])]


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_point_one_way(package: str) -> None:
    for file in python_files(package):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            ours = {name.split(".")[0] for name in names} & set(PACKAGES) - {package}
            forbidden = ours - MAY_IMPORT[package]
            assert not forbidden, f"{file.relative_to(ROOT)}:{node.lineno} imports {forbidden}; see MAY_IMPORT"


def test_no_domain_key_stands_twice() -> None:
    for section in ("intents", "slots", "actions", "responses", "entities", "forms"):
        where: dict[str, list[str]] = defaultdict(list)
        for file in sorted((ROOT / "bot" / "domain").glob("*.yml")):
            for key in yaml.safe_load(file.read_text()).get(section, []):
                where[key].append(file.name)
        twice = {key: files for key, files in where.items() if len(files) > 1}
        assert not twice, f"{section} defined twice, Rasa keeps only one: {twice}"


def test_every_intent_has_phrases_and_every_phrase_an_intent() -> None:
    assert sorted(domain_intents()) == sorted(intents())


def test_intents_have_enough_varied_phrases() -> None:
    too_few = {intent: len(phrases) for intent, phrases in intents().items() if len(phrases) < 60}
    assert not too_few, f"40 English and 20 Welsh at least: {too_few}"


def test_every_intent_is_measured_on_enough_phrases() -> None:
    unseen = yaml.safe_load((ROOT / "tests" / "nlu" / "unseen.yml").read_text(encoding="utf-8"))
    assert sorted(unseen) == sorted(intents())
    few = [intent for intent, texts in unseen.items() if len(texts["en"]) < 12 or len(texts["cy"]) < 6]
    assert few == [], "12 English and 6 Welsh at least, written by someone who has not read the training phrases"


def test_no_phrase_stands_twice_nor_in_two_intents() -> None:
    counted = Counter(plain(phrase) for phrases in intents().values() for phrase in phrases)
    twice = [phrase for phrase, times in counted.items() if times > 1 and phrase]
    assert not twice, f"keep one of each: {twice}"


def plain(phrase: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", phrase.lower()).split())


def labelled(*files: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_labelled_phrases_are_many_varied_and_stand_once() -> None:
    rows = labelled(*sorted((ROOT / "data" / "assessor").glob("*.jsonl")))
    assert len(rows) >= 2500
    assert sum(row["urgency"] == "none" for row in rows) >= 0.4 * len(rows)
    assert {row["needs"][0] for row in rows if row["needs"]} == set(NEEDS)
    for row in rows:
        assert (row["urgency"] in URGENCIES, row["about"] in ABOUT, set(row["needs"]) <= set(NEEDS)) == (True,) * 3, row
        assert bool(row["needs"]) is (row["urgency"] != "none"), row
    twice = [phrase for phrase, times in Counter(plain(row["text"]) for row in rows).items() if times > 1 and phrase]
    assert not twice, f"keep one of each: {twice}"


def test_no_phrase_to_measure_with_is_trained_on() -> None:
    """The name of the folder says what it is for: all of tests/ is for measuring."""
    measured = {plain(row["text"]) for row in labelled(*(ROOT / "tests" / "assessor").glob("*.jsonl"))}
    by_intent = yaml.safe_load((ROOT / "tests" / "nlu" / "unseen.yml").read_text(encoding="utf-8"))
    asked = {plain(text) for languages in by_intent.values() for texts in languages.values() for text in texts}
    trained = {plain(row["text"]) for row in labelled(*(ROOT / "data" / "assessor").glob("*.jsonl"))}
    assert (measured & trained) - {""} == set()
    assert asked & {plain(phrase) for phrases in intents().values() for phrase in phrases} == set()


def test_every_intent_leads_to_an_action() -> None:
    ruled = set()
    for file in sorted((ROOT / "data" / "rules").glob("*.yml")):
        ruled |= set(re.findall(r"intent: (\w+)", file.read_text()))
    assert set(domain_intents()) - ruled == set(), "add these to a rule in data/rules"


def test_every_topic_intent_is_in_the_one_rule_that_teaches() -> None:
    rules = yaml.safe_load((ROOT / "data" / "rules" / "topics.yml").read_text())["rules"]
    teaching = next(rule for rule in rules if rule["steps"][-1] == {"action": "action_teach_topic"})
    taught = {step["intent"].removeprefix("ask_") for step in teaching["steps"][0]["or"]}
    topics = {file.name.split(".")[0] for file in (ROOT / "content" / "library" / "topics").glob("*.en.yml")}
    assert taught == topics


def _sentences(file: Path) -> list[tuple[int, str]]:
    """String constants that read like words for a person: docstrings, logs and errors for operators left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    allowed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            allowed.add(id(node.value))  # a docstring
        if isinstance(node, (ast.Raise, ast.Assert)):
            allowed |= {id(child) for child in ast.walk(node)}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOGGING:
            allowed |= {id(child) for child in ast.walk(node)}
        if isinstance(node, ast.keyword) and node.arg == "description":  # of the API, for developers
            allowed.add(id(node.value))
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in allowed
        if re.match(r"[A-ZÂÊÎÔÛŴŶ][\w'’]* [\w'’]+ [\w'’]+.*[.?!]$", node.value)
    ]


LOGGING = {"debug", "info", "warning", "error", "exception", "filterwarnings"}


def test_no_sentence_for_people_in_the_python_that_answers_them() -> None:
    """What a young person reads is content. The tools of operators (errors, command lines) may speak English."""
    for file in python_files("actions", "chat"):
        assert _sentences(file) == [], f"{file.relative_to(ROOT)}: move the words to content/library/system"


def test_no_words_for_people_in_the_widget() -> None:
    """Strings of the scripts, and text between tags of its own markup, but for the page that shows it off."""
    for file in sorted((ROOT / "chat" / "widget").glob("*.js")):
        code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        strings = re.findall(r"""["'`]([^"'`\n]*)["'`]""", code) + re.findall(r">([^<>{}]+)</", code)
        said = [text for text in strings if re.match(r"[A-ZÂÊÎÔÛŴŶ][\w'’]*( [\w'’,]+)+[.?!]?$", text.strip())]
        assert said in ([], ["Childline 0800 1111"]), (
            f"{file.relative_to(ROOT)}: move to content/library/system: {said}"
        )


def test_every_environment_variable_is_in_the_example() -> None:
    example = set(re.findall(r"^#?\s*([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))
    used: dict[str, str] = {}
    for file in [*python_files(*PACKAGES, "ops", "benchmarks"), ROOT / "Makefile", ROOT / "bot" / "endpoints.yml"]:
        for name in re.findall(r"\b(LANTERN_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL)\b", file.read_text(encoding="utf-8")):
            used[name] = str(file.relative_to(ROOT))
    missing = {name: file for name, file in used.items() if name not in example}
    assert not missing, f"add these to .env.example: {missing}"


def test_no_code_file_is_over_the_limit() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    code = [ROOT / name for name in tracked if name.endswith((".py", ".js", ".css", ".html", ".sh"))]
    too_long = {str(file.relative_to(ROOT)): n for file in code if (n := len(file.read_text().splitlines())) > LONGEST}
    assert not too_long, f"split by verb: {too_long}"


def test_safety_and_content_share_one_vocabulary() -> None:
    import content.taxonomy
    import safety.taxonomy

    assert tuple(safety.taxonomy.NEEDS) == tuple(content.taxonomy.NEEDS)
    assert tuple(safety.taxonomy.URGENCIES) == tuple(content.taxonomy.URGENCIES)


def test_no_model_and_no_large_file_is_under_version_control() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    tracked = [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    large = [str(file) for file in tracked if file.stat().st_size > 1_000_000 or ".rasa" in file.parts]
    made = [str(file) for file in tracked if file.suffix in (".npz", ".onnx", ".pkl", ".gz", ".db", ".safetensors")]
    assert large + made == [], "models and data sets are made, not committed: add the folder to .gitignore"
