"""What can go wrong, as values the web shell knows how to say.

A message may be shown to anybody: it never holds personal data.
"""


class TrellisError(Exception):
    """Something refused, with words that may be shown."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class Denied(TrellisError):
    """The actor may not do this."""


class NotFound(TrellisError):
    """There is no such thing, or it is not the actor's to see: the two look the same."""


class Conflict(TrellisError):
    """The thing has changed, or its state does not allow this."""


class Invalid(TrellisError):
    """What was asked makes no sense as it stands; the message says what to do."""


class NoActor(TrellisError):
    """The database was asked for something with nobody asking."""


class Unavailable(TrellisError):
    """Something we depend on is out of reach for now.

    `retry_after` is in seconds.
    """

    def __init__(self, message: str = "", retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class DamagedRecord(TrellisError):
    """A sealed record does not open. The reference finds the audit entry, nothing more."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"This record cannot be opened (reference {reference})")
        self.reference = reference


class ErasedRecord(DamagedRecord):
    """A sealed record whose person was erased: nobody can open it any more, on purpose."""

    def __init__(self) -> None:
        super().__init__("erased")
        self.message = "This record was erased"
