"""The action server: thin adapters from Rasa's tracker to published content. No wording, no SQL."""
