"""The widget's modules in one: what a phone loads is one script and one style sheet, without their comments.

The modules run as they are, too; this only saves round trips. It knows the few forms of import and export that they
use, and refuses any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:const|class|function)\*? (\w+))", re.MULTILINE)
UNKNOWN = re.compile(r"^(?:import\b(?!\()|export\b).*", re.MULTILINE)
BLOCK_COMMENT = re.compile(r"^[ ]*/\*.*?\*/\n", re.MULTILINE | re.DOTALL)
LINE_COMMENT = re.compile(r"^[ ]*//.*\n", re.MULTILINE)
END_COMMENT = re.compile(r"""[ ]+// [^"'`\n]*$""", re.MULTILINE)  # none that could be the end of a string
INDENT = re.compile(r"^\s+", re.MULTILINE)  # and empty lines
STYLE_IMPORT = re.compile(r'^@import url\("([\w-]+\.css)"\);\n', re.MULTILINE)
STYLE_COMMENT = re.compile(r"[ ]*/\*.*?\*/", re.DOTALL)


class CannotBundle(ValueError):
    """A module holds an import or export that is not understood here; the message names it."""


def bundle(modules: Mapping[str, str], entry: str) -> str:
    """One module that does what `entry` does, with all that it imports. `modules` are texts by file name.

    Each module becomes a function that gives its exports. Raises CannotBundle.
    """
    done: list[str] = []
    parts: list[str] = []

    def add(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise CannotBundle(f"{name} imports itself, by way of {' and '.join(above)}")
        if name in done:
            return
        if name not in modules:
            raise CannotBundle(f"{above[-1]} imports {name}, which is not there")
        text = strip_comments(modules[name])
        for _, imported in IMPORT.findall(text):
            add(imported, (*above, name))
        done.append(name)
        parts.append(_wrap(name, text))

    add(entry, ())
    return "".join(parts)


def strip_comments(text: str) -> str:
    """The code without comments that stand on lines of their own or end a line, without indents and empty lines."""
    for pattern in (BLOCK_COMMENT, LINE_COMMENT, END_COMMENT, INDENT):
        text = pattern.sub("", text)
    return text


def bundle_style(sheets: Mapping[str, str], entry: str) -> str:
    """One style sheet with all that `entry` imports, without comments, indents and empty lines. Raises CannotBundle."""
    for name in STYLE_IMPORT.findall(sheets[entry]):
        if name not in sheets:
            raise CannotBundle(f"{entry} imports {name}, which is not there")
    text = STYLE_IMPORT.sub(lambda found: sheets[found[1]], sheets[entry])
    return INDENT.sub("", STYLE_COMMENT.sub("", text))


def _wrap(name: str, text: str) -> str:
    exports = EXPORT.findall(text)
    text = IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {_variable(found[2])};\n", text)
    text = EXPORT.sub("", text)
    if unknown := UNKNOWN.search(text):
        raise CannotBundle(f"{name}: {unknown[0]}")
    return f"const {_variable(name)} = (() => {{\n{text}return {{ {', '.join(exports)} }};\n}})();\n"


def _variable(name: str) -> str:
    return "$" + name.removesuffix(".js").replace("-", "_")
