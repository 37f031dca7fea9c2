"""Headers of every answer: what a browser may do with it, and who may ask."""

from __future__ import annotations

from flask import Flask, Response, request

OPEN_PATHS = ("/api/", "/widget/")  # any site may hold the widget; nothing here works by cookie
DEMO_POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
NO_PAGE = "default-src 'none'; frame-ancestors 'none'; sandbox"  # for what is there to be read by a script
A_YEAR = 365 * 24 * 3600  # seconds


def init_app(app: Flask, *, is_secure: bool) -> None:
    """Set the headers on every answer, errors too. `is_secure` when people reach the chat by https."""

    @app.after_request
    def set_headers(response: Response) -> Response:
        headers = response.headers
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        if is_secure:
            headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
        if request.path == "/":
            headers["Content-Security-Policy"] = DEMO_POLICY
        headers.setdefault("Content-Security-Policy", NO_PAGE)
        if request.path.startswith("/api/"):
            headers["Cache-Control"] = "no-store"
        if request.path.startswith(OPEN_PATHS):
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Access-Control-Expose-Headers"] = "Retry-After"
            if request.method == "OPTIONS":
                headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
                headers["Access-Control-Allow-Headers"] = "Content-Type"
                headers["Access-Control-Max-Age"] = "3600"
        return response
