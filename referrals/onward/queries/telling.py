"""What the person should be told of a service before they decide."""

from directory.catalogue import ServiceCard
from referrals.onward.queries.observed import Observed


def lines(card: ServiceCard, seen: Observed, *, can_send: bool) -> list[str]:
    """In plain words, the next thing first."""
    said = [
        _next_step(card, can_send=can_send),
        seen.answer.words("Others heard back") if can_send else "",
        f"When: {'; '.join(card.times_words)}" if card.times_words else "",
        f"Where: {card.place}" if card.place else _how(card),
        f"Cost: {card.fees}" if card.fees else "Ask what it costs",
        f"Who it is for: {card.eligibility}" if card.eligibility else "",
        f"Room: {card.capacity_words}",
        card.alert,
    ]
    return [one for one in said if one]


def _next_step(card: ServiceCard, *, can_send: bool) -> str:
    if can_send:
        return (
            f"{card.organisation} will get in touch with you; they see only what we show you first"
        )
    if card.self_referral and card.phone:
        return f"You can ring {card.phone} yourself"
    return "You can get in touch yourself" if card.self_referral else "Somebody has to ask for you"


def _how(card: ServiceCard) -> str:
    return f"How: {', '.join(card.access_modes)}" if card.access_modes else ""
