"""Train the conversation model and put it into place only when it is good enough: `make train`.

python -m bot.train            nothing to do when the model was made from the same data
python -m bot.train --force    always
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

# Whatever changes what the model does; a change in any of them asks for a new model.
SOURCES = (
    "config.yml",
    "bot/domain",
    "bot/centroids.py",
    "bot/components",
    "bot/encoder.py",
    "bot/glosses.py",
    "bot/known_vectors.py",
    "bot/linear_model.py",
    "bot/noise.py",
    "bot/risk_model.py",
    "bot/spacing.py",
    "bot/spelling.py",
    "bot/text_features.py",
    "bot/tuned_model.py",
    "bot/tuning.py",
    "data",
    "safety/spelling.py",
    "uv.lock",
)
MODEL_FILE = "lantern.tar.gz"


def model_path() -> Path:
    """The model that is served: models/lantern.tar.gz in the data folder."""
    return Path(os.environ.get("LANTERN_DATA_DIR") or "var") / "models" / MODEL_FILE


def fingerprint() -> str:
    """A sha256 over the names and contents of all SOURCES."""
    digest = hashlib.sha256()
    for source in SOURCES:
        path = Path(source)
        files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
        for file in files:
            if "__pycache__" not in file.parts:
                digest.update(f"{file}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def train_into(folder: Path) -> Path:
    """Train once; the path of the new model in `folder`."""
    from rasa.model_training import train

    from bot.evaluate import quieten

    quieten()
    result = train(
        domain="bot/domain",
        config="config.yml",
        training_files="data",
        output=str(folder),
        fixed_model_name="candidate",
        force_training=True,
    )
    if result.code or not result.model:
        raise SystemExit("Training failed; the words above say why. The model in use was left as it is.")
    return Path(result.model)


def main() -> int:
    """Train, measure, and replace the model in use; exit code 1 when the gates are missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--force", action="store_true", help="train although nothing changed")
    force = arguments.parse_args().force
    target, wanted = model_path(), fingerprint()
    stamp = target.with_suffix(".sha256")
    if not force and target.is_file() and stamp.is_file() and stamp.read_text() == wanted:
        return 0
    from bot.evaluate import GatesMissed, evaluate, load_agent  # Rasa takes ten seconds to import: only now

    print(
        "Training the conversation model (about two minutes, and six more for new phrases) ...",
        file=sys.stderr,
        flush=True,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        candidate = train_into(Path(scratch))
        print(f"Trained in {time.monotonic() - started:.0f} s. Measuring ...", file=sys.stderr, flush=True)
        try:
            print(evaluate(load_agent(candidate)), file=sys.stderr)
        except GatesMissed as error:
            print(f"{error}\nThe new model was refused; the one in use stays.", file=sys.stderr)
            return 1
        shutil.move(candidate, target)
        stamp.write_text(wanted)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
