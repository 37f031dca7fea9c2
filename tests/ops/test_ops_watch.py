"""The one who looks after the processes: patient with the slow, not with the silent."""

from __future__ import annotations

from typing import Any

import pytest
from supervisor.states import ProcessStates

from ops import watch
from ops.watch import OTHERS_START_PATIENCE, PATIENCE, START_PATIENCE, Watch

ADDRESSES = {"rasa": "http://rasa", "chat": "http://chat"}


class FakeSupervisor:
    def __init__(self) -> None:
        self.states = {"rasa": (ProcessStates.RUNNING, 11), "chat": (ProcessStates.RUNNING, 12)}
        self.started: list[str] = []

    def processes(self) -> dict[str, dict[str, Any]]:
        return {name: {"name": name, "state": state, "pid": pid} for name, (state, pid) in self.states.items()}

    def start(self, name: str) -> None:
        self.started.append(name)


class World:
    """What answers, what was ended, and the time."""

    def __init__(self) -> None:
        self.supervisor = FakeSupervisor()
        self.silent: set[str] = set()
        self.ended: list[int] = []
        self.now = 1000.0
        self.watch = Watch(self.supervisor, ADDRESSES)  # type: ignore[arg-type]

    def pass_time(self, seconds: float) -> list[int]:
        """Look every second; the processes ended meanwhile."""
        before = len(self.ended)
        for _ in range(int(seconds)):
            self.now += 1
            self.watch.look(lambda: self.now)
        return self.ended[before:]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(watch, "answers", lambda address, _: address.removeprefix("http://") not in world.silent)
    monkeypatch.setattr(watch, "end_group", world.ended.append)
    return world


def test_those_that_answer_are_left_alone(world: World) -> None:
    assert world.pass_time(300) == []


def test_one_that_falls_silent_is_ended_but_not_at_once(world: World) -> None:
    world.pass_time(5)
    world.silent = {"rasa"}
    assert world.pass_time(PATIENCE - 1) == []
    assert world.pass_time(1) == [11]


def test_one_answer_is_enough_to_begin_anew(world: World) -> None:
    for _ in range(10):
        world.silent = {"rasa"}
        world.pass_time(PATIENCE - 1)
        world.silent = set()
        world.pass_time(1)
    assert world.ended == []


@pytest.mark.parametrize(
    ("name", "pid", "patience"), [("rasa", 11, START_PATIENCE["rasa"]), ("chat", 12, OTHERS_START_PATIENCE)]
)
def test_one_that_is_starting_has_more_time(world: World, name: str, pid: int, patience: float) -> None:
    world.silent = {name}
    assert world.pass_time(patience) == []
    assert world.pass_time(1) == [pid]


def test_the_next_one_starts_with_a_clean_sheet(world: World) -> None:
    world.pass_time(5)
    world.silent = {"rasa"}
    world.pass_time(PATIENCE)
    world.supervisor.states["rasa"] = (ProcessStates.RUNNING, 77)
    assert world.pass_time(START_PATIENCE["rasa"] - 1) == []


def test_one_that_was_given_up_is_started_again(world: World) -> None:
    world.supervisor.states["chat"] = (ProcessStates.FATAL, 0)
    world.pass_time(1)
    assert world.supervisor.started == ["chat"]


@pytest.mark.parametrize("state", [ProcessStates.STOPPED, ProcessStates.STARTING, ProcessStates.BACKOFF])
def test_one_that_is_stopped_or_only_just_starting_is_left_to_supervisord(world: World, state: int) -> None:
    world.supervisor.states["chat"] = (state, 12)
    world.silent = {"chat"}
    assert world.pass_time(300) == []
    assert world.supervisor.started == []
