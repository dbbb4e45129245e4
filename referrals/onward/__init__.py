"""Sending somebody on to a service, and the service's answer."""
