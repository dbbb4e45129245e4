"""The table that is printed: both sizes side by side, each aim met or not."""

from dataclasses import dataclass

from tests.bench.measuring import Figures

RATIO_AIM = 1.3
MEGABYTES_AIM = 150
COLUMNS = (
    f"{'p50':>8}{'p95':>8}{'p50':>8}{'p95':>8}{'a second':>10}{'web cpu':>9}{'database':>10}"
    f"{'queries':>9}"
)
ABOVE = f"{'':<44}{'—— 1 user ——':>16}{'—— 4 users ——':>16}"


@dataclass(frozen=True)
class Line:
    """One thing at one size, for one user and for four."""

    alone: Figures
    together: Figures

    def words(self) -> str:
        """Milliseconds, requests in a second, waiting for the database, statements."""
        times = [one.percentile(p) for one in (self.alone, self.together) for p in (50, 95)]
        return (
            "".join(f"{one:>8.1f}" for one in times)
            + f"{self.together.per_second:>10.1f}{self.together.processor_each:>9.1f}"
            + f"{self.alone.database_median:>10.1f}"
            + f"{self.alone.query_count:>9}"
        )


def head(counted: str = "referrals", sizes: str = "200,000 ÷ 2,000") -> str:
    """What stands over the table."""
    return f"{ABOVE}\n{'':<34}{counted:>10}{COLUMNS}   {sizes}"


def rows(name: str, lines: dict[int, Line], p95_aim: float | None) -> list[str]:
    """The thing at each size, with its ratio and whether its aim is met."""
    printed = [
        f"{name if first else '':<34}{size:>10,}{line.words()}"
        for first, (size, line) in zip((True, False), lines.items(), strict=False)
    ]
    if len(lines) > 1:
        small, large = list(lines.values())[:2]
        printed[-1] += f"   {_ratio(small, large)}"
    if p95_aim is not None:
        worst = max(line.together.percentile(95) for line in lines.values())
        met = _met(worst <= p95_aim)
        printed.append(f"{'':<34}p95 at 4 users {worst:.1f} ms, aim {p95_aim:.0f} ms: {met}")
    return printed


def memory(megabytes: list[float]) -> str:
    """The largest worker after the run."""
    largest = max(megabytes)
    aim = f"aim under {MEGABYTES_AIM} MB: {_met(largest < MEGABYTES_AIM)}"
    return f"Largest web worker after the run: {largest:.0f} MB, {aim}"


def _ratio(small: Line, large: Line) -> str:
    ratios = [
        getattr(large, load).percentile(50) / getattr(small, load).percentile(50)
        for load in ("alone", "together")
    ]
    return f"{ratios[0]:.2f} / {ratios[1]:.2f}  {_met(max(ratios) <= RATIO_AIM)}"


def _met(truth: bool) -> str:
    return "met" if truth else "NOT MET"
