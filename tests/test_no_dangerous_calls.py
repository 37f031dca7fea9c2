"""No text becomes a program: nothing of ours evaluates code, starts a shell, or unpickles."""

from __future__ import annotations

import ast

import pytest

from tests.conftest import ROOT

FOLDERS = ("actions", "admin", "bot", "chat", "content", "ops", "safety")
BUILT_IN = {"eval", "exec", "compile", "__import__"}
OF_MODULES = {
    ("os", "system"), ("os", "popen"), ("pickle", "load"), ("pickle", "loads"), ("joblib", "load"),
    ("yaml", "load_all"), ("yaml", "unsafe_load"), ("yaml", "full_load"), ("marshal", "loads"),
    ("subprocess", "getoutput"), ("jinja2", "Template"),
}  # fmt: skip
UNSAFE_LOADERS = {"Loader", "UnsafeLoader", "FullLoader"}


def faults_in(code: str) -> list[str]:
    """One word for each call that could run a text."""
    return [word for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call) for word in _faults_of(node)]


def _faults_of(call: ast.Call) -> list[str]:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    faults = []
    match call.func:
        case ast.Name(id=name) if name in BUILT_IN or name == "render_template_string":
            faults.append(name)
        case ast.Attribute(value=ast.Name(id=module), attr=name) if (module, name) in OF_MODULES:
            faults.append(f"{module}.{name}")
        case ast.Attribute(value=ast.Name(id="yaml"), attr="load"):
            loader = given.get("Loader")
            name = loader.attr if isinstance(loader, ast.Attribute) else getattr(loader, "id", "Loader")
            faults += ["yaml.load"] if name in UNSAFE_LOADERS else []
    for name in ("shell", "allow_pickle"):
        if name in given and not (isinstance(given[name], ast.Constant) and not given[name].value):  # type: ignore[attr-defined]
            faults.append(name)
    return faults


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_runs_a_text(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files
    found = {str(file.relative_to(ROOT)): faults_in(file.read_text("utf-8")) for file in files}
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    "code",
    [
        "eval(words)",
        "import os\nos.system(words)",
        "import subprocess\nsubprocess.run(words, shell=True)",
        "import pickle\npickle.loads(data)",
        "import yaml\nyaml.load(words)",
        "import yaml\nyaml.load(words, Loader=yaml.UnsafeLoader)",
        "import numpy as np\nnp.load(file, allow_pickle=True)",
        "render_template_string(words)",
    ],
)
def test_what_runs_a_text_is_noticed(code: str) -> None:
    assert faults_in(code)


def test_what_does_not_is_left_alone() -> None:
    assert faults_in("import re\nre.compile('x')\nimport subprocess\nsubprocess.run(['ls', words], shell=False)") == []
