"""Why a sign-in is refused: a short code for the log, plain words for the person."""

from app.core.errors import TrellisError

TRY_AGAIN = "Sign in again. If it happens twice, tell your administrator the reference below."


class SignInRefused(TrellisError):
    """The provider's answer cannot be trusted, or is not one. `code` goes to the log."""

    def __init__(self, code: str, message: str = "", detail: str = "") -> None:
        super().__init__(message or f"Your sign-in could not be confirmed. {TRY_AGAIN}")
        self.code = code
        self.detail = detail


class ProviderUnreachable(SignInRefused):
    """The provider did not answer in time, or not in a way that makes sense."""

    def __init__(self, code: str, detail: str = "") -> None:
        words = "The service you sign in with is not answering. Wait a minute and try again."
        super().__init__(code, words, detail)
