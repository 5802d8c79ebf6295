"""The headers that every answer carries: nothing from outside, no framing, no guessing of types."""

from starlette.datastructures import MutableHeaders

CONTENT_SECURITY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
"""Streamlit needs inline styles and blob images; its one inline script is left out of the page shell."""

SECURITY: dict[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

NO_STORE = {"Cache-Control": "no-store"}
"""For answers that hold data: no copy stays in a cache."""


def add_security(headers: MutableHeaders) -> None:
    """Sets the security headers on an answer, over whatever it had."""
    for name, value in SECURITY.items():
        headers[name] = value
