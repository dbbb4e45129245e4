"""Ages in words."""


def ages_words(minimum: int | None, maximum: int | None) -> str:
    """Who it is for by age: "18 and over"; empty when it is for everybody."""
    if maximum is not None:
        return f"{minimum} to {maximum}" if minimum else f"Up to {maximum}"
    return f"{minimum} and over" if minimum else ""
