"""A map of a story's branches: where each scene stands and how its choices run, ready to be drawn as SVG.

Scenes stand in columns by how many choices lead to them at least. Each box holds the scene's name and its choices, one
a row; an arrow starts at its choice's row, so label and arrow can not be mistaken. Lengths are in SVG units.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

START, END, DEAD_END, UNREACHABLE = MARKS = ("start", "end", "dead_end", "unreachable")
WIDTH, GAP_ACROSS, GAP_DOWN, MARGIN = 200, 90, 26, 20
HEAD, LINE, PADDING = 30, 17, 8
LETTERS = 25  # of a label on one line
LETTERS_OF_NAME = 22

Scene = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """A choice: its lines of text, the height of the first one, and the name of the scene it leads to, if any."""

    lines: Sequence[str]
    y: int
    to: str


@dataclass(frozen=True)
class Box:
    """A scene. `number` is its place in the story, counted from 1; `marks` are of MARKS."""

    name: str
    number: int
    marks: Sequence[str]
    rows: Sequence[Row]
    x: int
    y: int
    height: int

    @property
    def title(self) -> str:
        words = self.name.replace("_", " ")
        return words if len(words) <= LETTERS_OF_NAME else words[: LETTERS_OF_NAME - 1] + "…"


@dataclass(frozen=True)
class Branch:
    """The same as a list: a scene with its choices. `inner` is None where the scene is told elsewhere.
    `name` is empty where the choice leads nowhere."""

    label: str
    name: str
    number: int
    marks: Sequence[str]
    inner: "Sequence[Branch] | None"


@dataclass(frozen=True)
class StoryMap:
    """`arrows` are the d of SVG paths that end where their arrowhead points; `branches` tell the same as a list."""

    boxes: Sequence[Box]
    arrows: Sequence[str]
    branches: Sequence[Branch]
    width: int
    height: int


def draw_map(story: Scene) -> StoryMap:
    """The map of a story in the library's shape; one that is not sound yet is drawn as far as it goes."""
    nodes: Mapping[str, Scene] = story["nodes"]
    layers, reached = _layers(nodes, story["start"])
    boxes: dict[str, Box] = {}
    for column, names in enumerate(layers):
        y = MARGIN
        for name in names:
            marks = _marks(nodes, name, is_start=name == story["start"], is_reached=name in reached)
            box = _box(nodes, name, marks, MARGIN + column * (WIDTH + GAP_ACROSS), y)
            boxes[name] = box
            y += box.height + GAP_DOWN
    arrows = [_arrow(box, row, boxes[row.to]) for box in boxes.values() for row in box.rows if row.to in boxes]
    width = 2 * MARGIN + len(layers) * (WIDTH + GAP_ACROSS)
    height = max((box.y + box.height for box in boxes.values()), default=0) + MARGIN
    return StoryMap(list(boxes.values()), arrows, _branches(boxes, story["start"]), width, height)


def _layers(nodes: Mapping[str, Scene], start: str) -> tuple[list[list[str]], set[str]]:
    """The scenes by distance from the start, those that nothing leads to in a last layer; and those reached."""
    reached = {start} & set(nodes)
    layers = [list(reached)]
    while layers[-1]:
        nearer = (choice["to"] for name in layers[-1] for choice in nodes[name].get("choices") or [])
        layers.append([name for name in dict.fromkeys(nearer) if name in nodes and name not in reached])
        reached.update(layers[-1])
    layers.append([name for name in nodes if name not in reached])
    return [layer for layer in layers if layer], reached


def _marks(nodes: Mapping[str, Scene], name: str, *, is_start: bool, is_reached: bool) -> list[str]:
    node = nodes[name]
    leads_on = any(choice["to"] in nodes for choice in node.get("choices") or [])
    holds = {START: is_start, END: node.get("end"), DEAD_END: not node.get("end") and not leads_on}
    return [mark for mark in MARKS if holds.get(mark, not is_reached)]


def _box(nodes: Mapping[str, Scene], name: str, marks: Sequence[str], x: int, y: int) -> Box:
    rows, below = [], y + HEAD + LINE * len(marks)
    for choice in nodes[name].get("choices") or []:
        lines = wrap(choice["label"], LETTERS) or ["…"]
        rows.append(Row(lines, below + LINE, choice["to"]))
        below += LINE * len(lines) + PADDING
    return Box(name, list(nodes).index(name) + 1, marks, rows, x, y, below + PADDING - y)


def _arrow(box: Box, row: Row, to: Box) -> str:
    y, end = row.y - 5, to.y + HEAD // 2
    bend = GAP_ACROSS // 2
    if to.x > box.x:  # onwards: from the right edge to the left one
        left, right = box.x + WIDTH, to.x
        return f"M {left} {y} C {left + bend} {y}, {right - bend} {end}, {right} {end}"
    edge = to.x + WIDTH
    if to.x == box.x:  # in the same column: out on the right and back
        return f"M {edge} {y} C {edge + bend} {y}, {edge + bend} {end}, {edge} {end}"
    return f"M {box.x} {y} C {box.x - bend} {y}, {edge + bend} {end}, {edge} {end}"


def _branches(boxes: Mapping[str, Box], start: str) -> list[Branch]:
    """Each scene is told below the scene through which it is reached first; elsewhere only its name is."""
    home: dict[str, tuple[str, int]] = {}
    for box in boxes.values():  # nearest to the start first
        for place, row in enumerate(box.rows):
            if row.to in boxes and row.to != start and UNREACHABLE not in boxes[row.to].marks:
                home.setdefault(row.to, (box.name, place))

    def tell(box: Box | None, label: str, at: tuple[str, int] | None) -> Branch:
        if box is None:
            return Branch(label, "", 0, (), None)
        if at is not None and home.get(box.name) != at:
            return Branch(label, box.name, box.number, box.marks, None)
        inner = [tell(boxes.get(row.to), " ".join(row.lines), (box.name, n)) for n, row in enumerate(box.rows)]
        return Branch(label, box.name, box.number, box.marks, inner)

    return [tell(box, "", None) for name, box in boxes.items() if name == start or UNREACHABLE in box.marks]
