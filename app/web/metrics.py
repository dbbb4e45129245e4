"""Figures for Prometheus: how many requests, how long, which answers; nobody's data.

With several worker processes each writes its figures to files in PROMETHEUS_MULTIPROC_DIR
(config/gunicorn.py sets it before they start) and any of them answers for all. That is
prometheus-client's own way; a port for each worker would have to be found and scraped one by
one. Labels are the route's rule, never an address, and there is no label for a user or agency.
"""

import os
import time

from flask import Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from app.web import audit_figures

ANSWERS = Counter("trellis_answers", "Answers given", ["method", "route", "status"])
SECONDS = Histogram(
    "trellis_answer_seconds",
    "Time taken to answer",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def install(app: Flask) -> None:
    """Count every answer of the application."""
    app.before_request(_begin)
    app.after_request(_count)


def _begin() -> None:
    g.counted_from = time.perf_counter()


def _count(response: Response) -> Response:
    route = str(request.url_rule) if request.url_rule else "none"
    method = request.method if request.method in METHODS else "other"
    ANSWERS.labels(method, route, str(response.status_code)).inc()
    if "counted_from" in g:
        SECONDS.labels(route).observe(time.perf_counter() - g.counted_from)
    return response


def figures() -> Response:
    """The figures of all processes in Prometheus' text format."""
    registry: CollectorRegistry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    text = generate_latest(registry) + audit_figures.figures()
    return Response(text, content_type=CONTENT_TYPE_LATEST)
