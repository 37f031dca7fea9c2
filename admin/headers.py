"""Headers of every answer: scripts and styles of our own files alone, nothing from elsewhere, nothing kept."""

from __future__ import annotations

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",  # a page that saves by itself
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
DRAWING = "default-src 'none'; frame-ancestors 'none'; sandbox"  # an SVG can hold a script, also when it should not
A_YEAR = 365 * 24 * 3600


def init_app(app: Flask, *, is_secure: bool) -> None:
    """Set the headers on every answer, errors too."""

    @app.after_request
    def set_headers(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = DRAWING if response.mimetype == "image/svg+xml" else POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        # The check of forms over https wants to see that they come from this very site.
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        headers["X-Robots-Tag"] = "noindex"
        if request.endpoint not in ("static", "preview.send_widget_file"):
            headers["Cache-Control"] = "no-store"
        if is_secure:
            headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
        return response
