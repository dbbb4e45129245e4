"""Imports run one way: down the storeys of the building, and down the floors of a room."""

from collections.abc import Iterator

from tests.house import plan

MODULES = list(plan.modules())
NAMES = {dotted for dotted, _path in MODULES}


def ours(name: str) -> str | None:
    """The module of this building that an imported name is in."""
    while name:
        if name in NAMES:
            return name
        name = name.rpartition(".")[0]
    return None


def edges() -> Iterator[tuple[str, str]]:
    """Every import of one of our modules by another."""
    for dotted, path in MODULES:
        for name in plan.imports(path):
            target = ours(name)
            if target and target != dotted:
                yield dotted, target


def test_every_module_is_in_a_named_room():
    packages = {"app", "referrals"}
    homeless = [one for one, _ in MODULES if plan.storey(one) is None and one not in packages]
    assert homeless == []


def test_a_module_imports_only_from_its_own_storey_and_below():
    climbing = [
        f"{one} imports {other}"
        for one, other in edges()
        if None not in (plan.storey(one), plan.storey(other))
        and plan.storey(other) < plan.storey(one)
    ]
    assert climbing == []


def test_a_floor_imports_only_from_floors_below_it():
    climbing = [
        f"{one} imports {other}"
        for one, other in edges()
        if plan.room_of(one) == plan.room_of(other)
        and None not in (plan.floor_of(one), plan.floor_of(other))
        and plan.floor_of(other) < plan.floor_of(one)
    ]
    assert climbing == []


def test_other_rooms_know_the_directory_only_by_its_front_door():
    roof = (
        *("directory", "app.factory", "app.worker"),
        *("app.directory_commands", "app.reference_commands", "app.demonstration"),
    )
    burglars = [
        f"{one} imports {other}"
        for one, other in edges()
        if other.startswith("directory.")
        and other != "directory.catalogue"
        and not one.startswith(roof)
    ]
    assert burglars == []


def test_there_is_no_circle_of_imports():
    targets: dict[str, set[str]] = {dotted: set() for dotted in NAMES}
    for one, other in edges():
        # A package's front page may list what its own modules offer.
        if not one.startswith(f"{other}.") and not other.startswith(f"{one}."):
            targets[one].add(other)
    done: set[str] = set()

    def walk(dotted: str, trail: tuple[str, ...]) -> None:
        assert dotted not in trail, f"circle: {' → '.join((*trail, dotted))}"
        if dotted not in done:
            for target in sorted(targets[dotted]):
                walk(target, (*trail, dotted))
            done.add(dotted)

    for dotted in sorted(NAMES):
        walk(dotted, ())
