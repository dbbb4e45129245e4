"""Bulk loading made for measuring: COPY, with real keys, sealed blobs and blind indexes."""
