"""Who a service is for, where they must live, what it costs and who may refer."""

from dataclasses import dataclass, field
from typing import ClassVar, Self

from directory.actions.topics.topic import Topic
from directory.models.service import Service, ServiceArea


@dataclass(frozen=True)
class Eligibility(Topic):
    """`outwards` are outward codes such as "QS1"; none at all means that it serves anywhere."""

    slug: ClassVar[str] = "eligibility"
    title: ClassVar[str] = "Who it is for"

    eligibility: str = ""
    minimum_age: int | None = None
    maximum_age: int | None = None
    fees: str = ""
    area_name: str = ""
    outwards: list[str] = field(default_factory=list)
    self_referral: bool = True
    accepts_referrals: bool = True

    @classmethod
    def of(cls, service: Service) -> Self:
        """What the listing says now; several areas read as one."""
        return cls(
            service.eligibility,
            service.minimum_age,
            service.maximum_age,
            service.fees,
            ", ".join(area.name for area in service.areas if area.name),
            sorted({code for area in service.areas for code in area.outwards}),
            service.self_referral,
            service.accepts_referrals,
        )

    def put(self, service: Service) -> None:
        """Make the listing say this."""
        service.eligibility = self.eligibility
        service.minimum_age = self.minimum_age
        service.maximum_age = self.maximum_age
        service.fees = self.fees
        service.self_referral = self.self_referral
        service.accepts_referrals = self.accepts_referrals
        codes = sorted(set(self.outwards))
        service.areas = [ServiceArea(name=self.area_name, outwards=codes)] if codes else []
