"""The widget's files as they are sent: the chat in one script, addresses that change with their content, compressed."""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from flask import Response, request

from chat.bundle import CannotBundle, bundle, bundle_style, strip_comments

log = logging.getLogger(__name__)

ENTRY = "chat.js"
BOOT = "widget.js"
STYLE = "style.css"
VERSION = "v"  # the parameter of an address that holds the file's version
VERSION_LENGTH = 10
CACHE_SECONDS = 60
VERSIONED_CACHE_SECONDS = 31_536_000  # a year: another content has another address
LEAST_TO_COMPRESS = 500  # bytes
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
COMPRESSED_TYPES = {"text/css", "text/html", "text/javascript", "application/json", "image/svg+xml"}


@dataclass(frozen=True)
class WidgetFile:
    """One file: what is sent of it, and as what."""

    body: bytes
    mimetype: str

    @cached_property
    def version(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:VERSION_LENGTH]

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.body, 9, mtime=0)


def read_files(folder: Path) -> Mapping[str, WidgetFile]:
    """The widget's files by their names, read anew when one of them has changed."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in TYPES)
    return _read_files(tuple((path, path.stat().st_mtime_ns) for path in paths))


def versioned(files: Mapping[str, WidgetFile], name: str) -> str:
    """The name with its version, as it stands in an address."""
    return f"{name}?{VERSION}={files[name].version}" if name in files else name


def send_file(file: WidgetFile) -> Response:
    """The file, for a year to a browser that asks for this very version of it."""
    response = Response(file.body, mimetype=file.mimetype)
    response.set_etag(file.version)
    is_versioned = request.args.get(VERSION) == file.version
    seconds = VERSIONED_CACHE_SECONDS if is_versioned else CACHE_SECONDS
    response.headers["Cache-Control"] = f"public, max-age={seconds}" + (", immutable" if is_versioned else "")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return compress(response, file)


def compress(response: Response, file: WidgetFile | None = None) -> Response:
    """The response in gzip where the browser takes it, and only 304 where it has it. Nothing in it may be secret."""
    response.vary.add("Accept-Encoding")
    if response.mimetype in COMPRESSED_TYPES and request.accept_encodings.quality("gzip") > 0:
        body = response.get_data()
        if len(body) >= LEAST_TO_COMPRESS:
            response.set_data(file.compressed if file else gzip.compress(body, 6, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
            if etag := response.get_etag()[0]:
                response.set_etag(f"{etag}-gzip")
    response.make_conditional(request)
    return response


@lru_cache(maxsize=1)
def _read_files(paths: tuple[tuple[Path, int], ...]) -> Mapping[str, WidgetFile]:
    files = {path.name: WidgetFile(path.read_bytes(), TYPES[path.suffix]) for path, _ in paths}
    texts = {name: file.body.decode() for name, file in files.items() if name.endswith((".js", ".css"))}
    modules = {name: text for name, text in texts.items() if name.endswith(".js")}
    try:
        if STYLE in texts:
            files[STYLE] = WidgetFile(bundle_style(texts, STYLE).encode(), TYPES[".css"])
        if ENTRY in modules:
            modules[ENTRY] = bundle(modules, ENTRY)
    except CannotBundle as problem:  # they work by themselves, only slower
        log.error("The widget is sent module by module: %s", problem)
    for name, named in ((ENTRY, STYLE), (BOOT, STYLE), (BOOT, ENTRY)):
        if name in modules:
            text = strip_comments(modules[name]).replace(f'"{named}"', f'"{versioned(files, named)}"')
            modules[name] = text
            files[name] = WidgetFile(text.encode(), TYPES[".js"])
    return files
