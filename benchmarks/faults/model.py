"""Rasa starts, and its model is gone or only half there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults.fault import Fault
from benchmarks.faults.processes import KILL, signal_all
from benchmarks.faults.system import System

MODEL = "lantern.tar.gz"
HALF = 10_000_000  # bytes


def replace_models(leave: Callable[[Path, Path], None]) -> Callable[[System], Iterator[None]]:
    """Put another folder of models in place, made by `leave` from the true one, and kill Rasa. Then put it back."""

    @contextmanager
    def begin(system: System) -> Iterator[None]:
        models = system.stack.data_dir / "models"
        true = models.resolve()
        models.unlink()
        models.mkdir()
        leave(models, true)
        signal_all(system.processes("rasa"), KILL)
        try:
            yield
        finally:
            for file in models.iterdir():
                file.unlink()
            models.rmdir()
            models.symlink_to(true)

    return begin


def leave_half(models: Path, true: Path) -> None:
    """The beginning of the model, as a copy that broke off leaves it."""
    with (true / MODEL).open("rb") as whole:
        (models / MODEL).write_bytes(whole.read(HALF))


FAULTS = (
    Fault("model-removed", "the model deleted, Rasa killed; then it is put back", replace_models(lambda *_: None)),
    Fault("model-cut", "the model is cut off, Rasa killed; then it is put back", replace_models(leave_half)),
)
