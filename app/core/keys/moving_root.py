"""On the way from a root key of our own to a key store: the store wraps, both unwrap."""

from app.core.keys.root import LocalRoot, RootKey


class MovingRoot:
    """Until `trellis keys rotate root` has been run; then the key of our own can be destroyed."""

    def __init__(self, before: LocalRoot, after: RootKey) -> None:
        self.before, self.after, self.setting = before, after, after.setting

    def newest(self) -> str:
        """The store's."""
        return self.after.newest()

    def wrap(self, plain: bytes, about: bytes) -> tuple[str, bytes]:
        """Wrap in the store."""
        return self.after.wrap(plain, about)

    def unwrap(self, name: str, wrapped: bytes, about: bytes) -> bytes:
        """Unwrap with our own key if it is of that name, or in the store."""
        return self._of(name).unwrap(name, wrapped, about)

    def rewrap(self, name: str, wrapped: bytes, about: bytes) -> tuple[str, bytes]:
        """Bring it into the store, or to the store's newest key."""
        if name in self.before.keys.all():
            return self.wrap(self.before.unwrap(name, wrapped, about), about)
        return self.after.rewrap(name, wrapped, about)

    def renew(self) -> None:
        """Make a newer key in the store."""
        self.after.renew()

    def forget_older(self) -> int:
        """Make the store's older keys unusable; ours is the operator's to destroy."""
        return self.after.forget_older()

    def _of(self, name: str) -> RootKey:
        return self.before if name in self.before.keys.all() else self.after
