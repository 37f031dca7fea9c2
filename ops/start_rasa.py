"""Start Rasa once its model is there and whole: python ops/start_rasa.py --model FILE, and what else `rasa run` takes.

Without a model `rasa run` ends, to be started in vain again and again; with half a one it answers that it is well, and
is not. People get help from the chat server meanwhile. Its log is only the one of --logging-config-file. Here Rasa is
changed in how it starts; bot/patches.py changes what it does in a turn.
"""

from __future__ import annotations

import gzip
import os
import sys
import time
import zlib
from pathlib import Path
from typing import Any

EVERY = 2.0  # seconds between two looks
PIECE = 1024 * 1024


def is_whole(model: Path) -> bool:
    """Whether the file can be unpacked to its end, and its checksum fits."""
    size = 0
    try:
        with gzip.open(model) as content:
            while piece := content.read(PIECE):
                size += len(piece)
    except (OSError, EOFError, zlib.error):
        return False
    return size > 0


def main(arguments: list[str]) -> None:
    """Wait for the model, then become Rasa. The project's folder must be the current one."""
    model = Path(arguments[arguments.index("--model") + 1])
    if not is_whole(model):
        print(f"Waiting for a model in {model}. Put it back, or run: make train", flush=True)
        while not is_whole(model):
            time.sleep(EVERY)
    become_rasa(arguments)


def become_rasa(arguments: list[str]) -> None:
    """`rasa run` in this process."""
    # TensorFlow's converter for phones looks whether jax is there, and takes a second for it.
    sys.modules["jax"] = None  # type: ignore[assignment]
    import rasa.__main__
    import rasa.core.run
    import rasa.utils.io

    load_agent = rasa.core.run.load_agent_on_start

    async def load_agent_or_end(*given: Any) -> Any:
        # When the model can not be loaded (a full disk), Rasa goes on without it, and says that it is well.
        agent = await load_agent(*given)
        if not agent.is_ready():
            print("The model could not be loaded; ending, to be started again.", flush=True)
            time.sleep(EVERY)
            os._exit(1)
        return agent

    rasa.core.run.load_agent_on_start = load_agent_or_end
    # It would write a second log beside ours, with the words of exceptions in it: these can quote a person.
    rasa.utils.io.configure_colored_logging = lambda _level: None
    sys.argv = ["rasa", "run", *arguments]
    rasa.__main__.main()


if __name__ == "__main__":
    main(sys.argv[1:])
