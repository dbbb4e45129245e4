"""Health, home and statements; importing this registers them on the blueprint."""

from app.web.blueprint import bp
from app.web.views import health, home, statements

__all__ = ["bp", "health", "home", "statements"]
