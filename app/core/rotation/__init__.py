"""New keys for old, while everybody goes on working."""

from app.core.rotation.branch import rotate_branch
from app.core.rotation.index import rotate_index
from app.core.rotation.person import rotate_people
from app.core.rotation.root import rotate_root

__all__ = ["rotate_branch", "rotate_index", "rotate_people", "rotate_root"]
