"""What Rasa loads: components, channel, tracker store; and the training and measuring of its model."""

import warnings

# Sanic, which Rasa brings, turns on every DeprecationWarning of every library. They are not ours to mend, and would
# drown what training and measuring have to say.
import sanic  # noqa: F401

warnings.filterwarnings("ignore", category=DeprecationWarning)
