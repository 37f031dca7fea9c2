"""Tune the sentence encoder on labelled phrases, several tasks at once, and export it as int8 ONNX.

The lower layers stay as they came: they know English, and training goes quicker. Half the work is done in bfloat16
where the processor can. What was tuned is kept in the data folder under the hash of everything that went in.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from bot.encoder import DIMENSIONS, SHARED_LAYERS, TOKENIZER_FILE, encoder_folder
from bot.export_encoder import OPSET, WEIGHTS_SHA256, check_weights, weights_folder
from bot.noise import with_slips
from bot.text_features import plain

TUNED_FILE, HEADS_FILE = "tuned.int8.onnx", "heads.json"
STATES = "states"  # the input of the exported model: what the shared layers made of the text
LONGEST = 48  # tokens of a training phrase; the rest of a ramble is not worth the time it takes
SCALE = 10.0  # unit vectors are too short for a head to be sure
Labels = Sequence[str | None]


@dataclass(frozen=True)
class Settings:
    """How to tune.

    `epochs`: how often to go through the phrases, 0 for not at all, 1.5 for half of them twice. `noise`: the share of
    phrases that get slips, anew in each epoch.
    """

    epochs: float = 3.0
    batch: int = 64
    rate: float = 3e-4
    head_rate: float = 2e-3
    noise: float = 0.3
    seed: int = 7


@dataclass(frozen=True)
class Task:
    """One label a phrase, None where the task says nothing of it; `weight` of the task in the loss."""

    labels: Labels
    weight: float

    @property
    def classes(self) -> list[str]:
        """The labels there are, in order."""
        return sorted({label for label in self.labels if label is not None})

    def numbers(self) -> np.ndarray:
        """The place of each phrase's label among the classes, -1 where there is none."""
        places = {label: place for place, label in enumerate(self.classes)}
        return np.asarray([-1 if label is None else places[label] for label in self.labels], dtype=np.int32)


def tuned_folder(texts: Sequence[str], tasks: Mapping[str, Task], settings: Settings) -> Path:
    """The folder with the encoder tuned on this very data, from an earlier time if there is one."""
    what: list[Any] = [list(texts), {name: asdict(task) for name, task in tasks.items()}, asdict(settings)]
    what += [WEIGHTS_SHA256, SHARED_LAYERS, Path(__file__).read_text(encoding="utf-8")]
    folder = encoder_folder().parent / "tuned" / hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]
    if not (folder / TUNED_FILE).is_file():
        print("Tuning the sentence encoder on the phrases (some minutes) ...", file=sys.stderr, flush=True)
        shutil.rmtree(folder.parent, ignore_errors=True)  # only the newest is kept
        folder.parent.mkdir(parents=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            tune(texts, tasks, settings, Path(scratch) / "ready")
            (Path(scratch) / "ready").rename(folder)
    return folder


def tune(texts: Sequence[str], tasks: Mapping[str, Task], settings: Settings, target: Path) -> None:
    """Tune and write TUNED_FILE and HEADS_FILE to `target`. The same data gives the same weights."""
    import tensorflow as tf
    from transformers import TFBertModel
    from transformers.utils import logging

    logging.set_verbosity_error()  # it warns of the parts of the weights that only training from scratch needs
    source = weights_folder()
    check_weights(source)
    tf.keras.utils.set_random_seed(settings.seed)
    tf.config.optimizer.set_experimental_options({"auto_mixed_precision_onednn_bfloat16": True})
    bert = TFBertModel.from_pretrained(str(source), hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
    for layer in (bert.bert.embeddings, *bert.bert.encoder.layer[:SHARED_LAYERS]):
        layer.trainable = False
    heads = {name: tf.keras.layers.Dense(len(task.classes)) for name, task in tasks.items()}
    for head in heads.values():
        head.build((None, DIMENSIONS))
    drop = tf.keras.layers.Dropout(0.1)
    inner = [weight for weight in bert.trainable_variables if "pooler" not in weight.name]
    outer = [weight for head in heads.values() for weight in head.trainable_variables]
    steps = int(settings.epochs * -(-len(texts) // settings.batch))
    slower = tf.keras.optimizers.schedules.PolynomialDecay(settings.rate, steps, settings.rate / 20)
    inner_steps, outer_steps = tf.keras.optimizers.Adam(slower), tf.keras.optimizers.Adam(settings.head_rate)
    inner_steps.build(inner)
    outer_steps.build(outer)

    def vectors(ids: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
        states = bert(input_ids=ids, attention_mask=mask).last_hidden_state
        kept = tf.cast(mask[:, :, tf.newaxis], states.dtype)
        return scaled(tf.reduce_sum(states * kept, axis=1) / tf.reduce_sum(kept, axis=1))

    def scaled(mean: tf.Tensor) -> tf.Tensor:
        return SCALE * mean / tf.norm(mean, axis=1, keepdims=True)

    numbers = tf.TensorSpec([None, None], tf.int32)

    @tf.function(input_signature=[numbers, numbers, [tf.TensorSpec([None], tf.int32)] * len(tasks)], autograph=False)
    def step(ids: tf.Tensor, mask: tf.Tensor, labels: list[tf.Tensor]) -> tf.Tensor:
        with tf.GradientTape() as tape:
            shared = drop(vectors(ids, mask), training=True)
            loss = 0.0
            for label, head, task in zip(labels, heads.values(), tasks.values(), strict=True):
                told = tf.cast(label >= 0, tf.float32)
                each = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.maximum(label, 0), head(shared))
                loss += task.weight * tf.reduce_sum(each * told) / (tf.reduce_sum(told) + 1e-6)
        slopes = tape.gradient(loss, inner + outer)
        inner_steps.apply_gradients(zip(slopes[: len(inner)], inner, strict=True))
        outer_steps.apply_gradients(zip(slopes[len(inner) :], outer, strict=True))
        return loss

    labels = [task.numbers() for task in tasks.values()]
    for ids, mask, rows in islice(_batches(texts, settings, source / TOKENIZER_FILE), steps):
        step(ids, mask, [label[rows] for label in labels])

    signature = [tf.TensorSpec([None, None, DIMENSIONS], tf.float32, name=STATES)]

    @tf.function(input_signature=signature, autograph=False)
    def probabilities(states: tf.Tensor) -> tf.Tensor:
        """Of one text a row, none padded: from what the shared layers made of it."""
        for layer in bert.bert.encoder.layer[SHARED_LAYERS:]:
            states = layer(states, None, None, None, None, None, False)[0]
        shared = scaled(tf.reduce_mean(states, axis=1))
        return tf.concat([tf.nn.softmax(head(shared)) for head in heads.values()], axis=1)

    target.mkdir(parents=True)
    _export(probabilities, signature, target)
    (target / HEADS_FILE).write_text(json.dumps({name: task.classes for name, task in tasks.items()}))


def _export(function: Any, signature: list[Any], target: Path) -> None:
    import tf2onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    full = target / "full.onnx"
    tf2onnx.convert.from_function(function, input_signature=signature, opset=OPSET, output_path=str(full))
    quantize_dynamic(str(full), str(target / TUNED_FILE), weight_type=QuantType.QInt8, per_channel=True)
    full.unlink()


def _batches(
    texts: Sequence[str], settings: Settings, tokenizer_file: Path
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Token numbers, mask and row numbers of each batch; phrases of like length together, so that little is padding."""
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    chance, order = random.Random(settings.seed), np.random.default_rng(settings.seed)
    for _ in range(math.ceil(settings.epochs)):
        noisy = [with_slips(text, chance) if chance.random() < settings.noise else text for text in texts]
        tokens = [encoding.ids for encoding in tokenizer.encode_batch([plain(text) for text in noisy])]
        shuffled, pool = order.permutation(len(tokens)), settings.batch * 50
        batches = []
        for start in range(0, len(shuffled), pool):
            alike = sorted(shuffled[start : start + pool], key=lambda row: len(tokens[row]))
            batches += [alike[place : place + settings.batch] for place in range(0, len(alike), settings.batch)]
        order.shuffle(batches)
        for rows in batches:
            longest = -(-max(len(tokens[row]) for row in rows) // 8) * 8
            ids = np.zeros((len(rows), longest), dtype=np.int32)
            for place, row in enumerate(rows):
                ids[place, : len(tokens[row])] = tokens[row]
            yield ids, (ids > 0).astype(np.int32), np.asarray(rows)
