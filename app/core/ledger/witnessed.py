"""Check what a witness kept by itself: every record signed, each tree grown from the one before."""

from collections.abc import Sequence
from pathlib import Path

from app.core.ledger import mailed, proofs, witness_file
from app.core.ledger.checkpoint import Checkpoint
from app.core.ledger.note import NotSigned, Verifier


def read(path: Path, verifiers: Sequence[Verifier]) -> tuple[list[Checkpoint], list[str]]:
    """The checkpoints in the file, and what is wrong with it, in words."""
    found: list[Checkpoint] = []
    problems: list[str] = []
    try:
        for told in witness_file.records(mailed.text(path.read_bytes())):
            checkpoint = told.checkpoint(verifiers)
            if found and not _grew(found[-1], told, checkpoint):
                problems.append(
                    f"The witness was told two trees: {checkpoint.words} does not follow from"
                    f" {found[-1].words}."
                )
            found.append(checkpoint)
    except NotSigned as error:
        problems.append(f"The witness's file is not to be believed after {len(found)}: {error}.")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"The witness's file cannot be read: {error}.")
    return found, problems


def _grew(before: Checkpoint, told: witness_file.Told, now: Checkpoint) -> bool:
    return told.old_size == before.size and proofs.consistent(
        before.size, before.root, now.size, now.root, told.proof
    )
