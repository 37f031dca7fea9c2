"""What assessing a message costs beyond its sentence vector, which the intents need anyway."""

from __future__ import annotations

import statistics
import time
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.risk import RiskAssessment
from bot.components.sentence_encoder import SentenceEncoder
from bot.components.tuned_encoder import TunedEncoder


def measure_cost(agent: Agent, texts: list[str]) -> str:
    """A line with the median milliseconds of the tuned encoder, and of rules and linear model, message by message."""
    # Rasa has no public way to a component of a loaded model.
    nodes = agent.processor.graph_runner._instantiated_nodes.values()  # type: ignore[union-attr,attr-defined]
    components: dict[type, Any] = {type(node._component): node._component for node in nodes}
    spent: dict[type, list[float]] = {TunedEncoder: [], RiskAssessment: []}
    for text in texts:
        message = Message({TEXT: text})
        components[SentenceEncoder].process([message])
        for kind, seconds in spent.items():
            begin = time.perf_counter()
            components[kind].process([message])
            seconds.append(time.perf_counter() - begin)
    tuned, rest = (1000 * statistics.median(seconds) for seconds in spent.values())
    return f"Median cost of a message: tuned encoder {tuned:.1f} ms, rules and linear model {rest:.1f} ms."
