"""The security headers of every answer, static files and errors included."""

import secrets

from flask import Flask, Response, current_app, g

from app.ui import outside

HSTS = "max-age=63072000; includeSubDomains"
SHUT = (
    *("accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "usb"),
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": a browser would then send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in SHUT),
}


# The first covers objects; the audit of a whole policy (ASVS 3.4.3) wants them named as well.
SHUT_TO_ALL = (
    *("default-src 'none'", "object-src 'none'"),
    *("base-uri 'none'", "frame-ancestors 'none'"),
)
FILES = "; ".join([*SHUT_TO_ALL, "style-src 'self'", "img-src 'self'"])


def nonce() -> str:
    """The nonce of this answer's scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def content_policy(script_nonce: str, secure: bool, images_from: str = "") -> str:
    """The Content-Security-Policy: our own files, our own scripts, nobody's frame."""
    rules = [
        *SHUT_TO_ALL,
        f"script-src 'nonce-{script_nonce}' 'strict-dynamic'",
        "style-src 'self'",
        f"img-src 'self' {images_from}".rstrip(),
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    return "; ".join([*rules, "upgrade-insecure-requests"] if secure else rules)


def install(app: Flask) -> None:
    """Put the headers on every answer of the application."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    secure = current_app.config["SETTINGS"].public_url.startswith("https://")
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers["Content-Security-Policy"] = content_policy(
        nonce(), secure, outside.images_from()
    )
    response.headers.setdefault("Cache-Control", "no-store")
    if secure:
        response.headers["Strict-Transport-Security"] = HSTS
    return response


def for_static(secure: bool) -> dict[str, str]:
    """The same for a static file, which WhiteNoise answers before Flask sees the request."""
    return (
        ALWAYS
        | {"Content-Security-Policy": FILES}
        | ({"Strict-Transport-Security": HSTS} if secure else {})
    )
