"""The content store: everything Lantern may say, who wrote it, and which helplines fit whom.

Knows nothing of Flask, Rasa or the other packages. Importing any module of it connects to nothing.
"""
