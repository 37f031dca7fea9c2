"""Fixtures for all tests. The whole stack starts once, and only when a test asks for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.version_info >= (3, 12):
    from flask import Flask
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket

    from ops.stack import Stack

    collect_ignore = ["bot"]  # Rasa's own environment runs these

    class CompiledTemplates(BytecodeCache):
        """Nearly each test makes an app of its own; compiling its templates anew took half of the time."""

        def __init__(self) -> None:
            self.compiled: dict[str, bytes] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            if bucket.key in self.compiled:
                bucket.bytecode_from_string(self.compiled[bucket.key])

        def dump_bytecode(self, bucket: Bucket) -> None:
            self.compiled[bucket.key] = bucket.bytecode_to_string()

    Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}

    @pytest.fixture(scope="session")
    def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
        """Lantern, running, for the whole of the session."""
        running = Stack(tmp_path_factory.mktemp("lantern") / "var")
        running.start()
        yield running
        running.stop()

    @pytest.fixture(scope="session")
    def chat_url(stack: Stack) -> str:
        """The address of the running chat."""
        return stack.chat_url


ROOT = Path(__file__).resolve().parent.parent
