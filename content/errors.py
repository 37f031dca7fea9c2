"""What can be wrong with content."""

from collections.abc import Iterable


class BrokenContent(ValueError):
    """Content that may not be published. `problems` holds one line for each thing to put right."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


class BrokenLibrary(BrokenContent):
    """Files of the library that can not be read as content; each problem starts with the file's name."""


class BrokenRelease(ValueError):
    """A stored release whose hash or shape is not what it should be."""


class MissingWords(LookupError):
    """A system message that the release has in no language."""
