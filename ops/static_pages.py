"""Pages of another origin than the chat's, for a browser that is measured or tested."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Pages:
    """What is served: HTML by its path, and headers that come with every page."""

    url: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    pages: Pages

    def do_GET(self) -> None:
        text = self.pages.texts.get(self.path.partition("?")[0])
        body = (text or "").encode()
        self.send_response(404 if text is None else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in self.pages.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True


@contextmanager
def serve_pages() -> Iterator[Pages]:
    """Serves on a free port of loopback; `texts` may be filled while it runs."""
    pages = Pages()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"pages": pages}))
    pages.url = f"http://localhost:{server.server_port}"  # by name: to a browser that is another site than 127.0.0.1
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield pages
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
