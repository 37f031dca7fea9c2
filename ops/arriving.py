"""What has come of an HTTP request so far: whether it is whole, and when it can never be one."""

from __future__ import annotations

import re

LARGEST_HEAD = 32 * 1024  # bytes of request line and headers
END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
LONGEST_CHUNK_LINE = 1024


class Arriving:
    """The bytes of one request, as they come. Bytes after its end, if any, belong to the next one."""

    def __init__(self, begun: bytes = b"") -> None:
        self.bytes = bytearray(begun)
        self._head = -1  # where the body begins; -1 until that is known
        self._looked = 0  # up to here nothing new is to be found
        self._length: int | None = None  # of the body; None for chunks

    def add(self, more: bytes) -> None:
        self.bytes += more

    @property
    def has_too_long_head(self) -> bool:
        return self._head < 0 and len(self.bytes) > LARGEST_HEAD

    def is_whole(self) -> bool:
        """Whether nothing is missing. What is no HTTP counts as whole: whoever reads it will refuse it."""
        if self._head < 0 and not self._find_head():
            return False
        if self._length is None:
            return self._skip_chunks()
        return len(self.bytes) >= self._head + self._length

    def _find_head(self) -> bool:
        end = self.bytes.find(END_OF_HEAD, max(0, self._looked - len(END_OF_HEAD)))
        self._looked = len(self.bytes)
        if end < 0:
            return False
        self._head = self._looked = end + len(END_OF_HEAD)
        head = bytes(self.bytes[: end + 2])
        length = LENGTH.search(head)
        if CHUNKED.search(head):
            self._length = None
        else:
            self._length = int(length[1]) if length else 0
        return True

    def _skip_chunks(self) -> bool:
        """Goes from chunk to chunk; True at the end of the last one, and where the next is none."""
        while True:
            end = self.bytes.find(b"\r\n", self._looked)
            if end < 0:
                return len(self.bytes) - self._looked > LONGEST_CHUNK_LINE
            try:
                size = int(bytes(self.bytes[self._looked : end]).partition(b";")[0], 16)
            except ValueError:
                return True
            if size <= 0:  # the last one: an empty line ends the headers that may follow it
                return size < 0 or self.bytes.find(END_OF_HEAD, end) >= 0
            after = end + 2 + size + 2
            if after > len(self.bytes):
                return False
            self._looked = after
