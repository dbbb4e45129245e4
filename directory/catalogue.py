"""The front door of the directory: all that other rooms may import. Everybody may read it.

Every function runs a fixed number of statements, whatever it finds. Call them inside a
transaction, of an actor or of nobody.
"""

from directory.finding.models.facet import Chosen, facet
from directory.finding.queries.answer import Answer, answer_to
from directory.finding.queries.choices import groups as facet_groups
from directory.finding.queries.search import Page, search
from directory.freshness.actions.life_sign import note as note_life_sign
from directory.models.capacity import Capacity, CapacityState
from directory.models.disclosure import Field
from directory.models.freshness import LifeSign
from directory.models.location import Facility
from directory.models.practice import Practice
from directory.models.service import ServiceStatus
from directory.queries.card import ServiceCard
from directory.queries.chosen import can_receive, get, many, services_of
from directory.queries.disclosure import Profile
from directory.queries.needs import Group, Term
from directory.queries.needs import groups as terms
from directory.queries.needs import names as term_names
from directory.queries.postcode import outward_code
from directory.queries.practice import find as practices
from directory.queries.service import leaflets
from directory.queries.words import SearchWords, words_of
from directory.standing.queries.check import Standing, standings
from directory.standing.queries.disclosure import profile_of as disclosure_profile

__all__ = [
    "Answer",
    "Capacity",
    "CapacityState",
    "Chosen",
    "Facility",
    "Field",
    "Group",
    "LifeSign",
    "Page",
    "Practice",
    "Profile",
    "SearchWords",
    "ServiceCard",
    "ServiceStatus",
    "Standing",
    "Term",
    "answer_to",
    "can_receive",
    "disclosure_profile",
    "facet",
    "facet_groups",
    "get",
    "leaflets",
    "many",
    "note_life_sign",
    "outward_code",
    "practices",
    "search",
    "services_of",
    "standings",
    "term_names",
    "terms",
    "words_of",
]
