"""What an archive may unpack to, archives within it counted in: one budget for the whole file that was handed in."""

from opendata.config import Limits

_LEAST = 1 << 20


class Budget:
    """Bytes and members that are left: absolute limits, and a ratio to the archive's own size against bombs."""

    def __init__(self, limits: Limits, size: int) -> None:
        self.most = min(limits.archive_bytes, max(size * limits.archive_ratio, _LEAST))
        self.left = self.most
        self.most_members = limits.archive_members
        self.members = limits.archive_members
        self.file_bytes = limits.file_bytes
        self.spent = False

    def take(self, size: int) -> bool:
        """Take bytes; False when no such many were left."""
        self.left -= size
        self.spent = self.left < 0
        return not self.spent

    def take_member(self) -> bool:
        """Take a member; False when none was left."""
        self.members -= 1
        return self.members >= 0

    def too_many_bytes(self) -> str:
        """Say which limit of bytes was passed."""
        return f"unpacks to more than {self.most} bytes"

    def too_many_members(self) -> str:
        """Say which limit of members was passed."""
        return f"more than {self.most_members} members"
