"""`make audit`: ask for known weaknesses of every package we install, and fail when nobody answers.

pip-audit leaves out what it cannot look up and is content all the same; here a package that was
not looked up is a failure, and so is an answer about none.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-development.lock", "requirements-checking.lock")
OPTIONS = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")


def asked(lock: str) -> list[dict]:
    """What is known about each package of a lock file."""
    command = [str(Path(sys.executable).parent / "pip-audit"), "-r", lock, *OPTIONS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        return list(json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        sys.exit(f"{lock}: nothing was audited.\n{done.stderr[-2000:]}")


def judged(lock: str, told: list[dict]) -> list[str]:
    """What is wrong, in words; nothing when every package was looked up and none is weak."""
    weak = [
        f"{lock}: {one['name']} {one['version']}: {known['id']}, mended in "
        f"{', '.join(known['fix_versions']) or 'no version yet'}"
        for one in told
        for known in one.get("vulns", [])
    ]
    skipped = [one["name"] for one in told if "skip_reason" in one]
    if not told or len(skipped) == len(told):
        return [*weak, f"{lock}: nothing was audited. The advisories cannot be reached from here."]
    return [*weak, *(f"{lock}: {name} was not audited" for name in skipped)]


def main() -> None:
    """Judge every lock file; the exit status says whether all is well."""
    wrong = []
    for lock in LOCKS:
        told = asked(lock)
        found = judged(lock, told)
        wrong += found
        if not found:
            sys.stdout.write(f"{lock}: {len(told)} packages looked up, no known weakness\n")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
