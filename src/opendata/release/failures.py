"""Failures of the machine (a full disk, a folder that may not be written) told as what a user can mend."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from opendata.errors import ReleaseError

_MENDABLE: dict[int, str] = {
    errno.ENOSPC: "the disk is full / 磁盘已满",
    errno.EDQUOT: "the disk quota is used up / 磁盘配额已用完",
    errno.EFBIG: "a file would be larger than allowed / 文件超过允许的大小",
    errno.EIO: "the disk fails / 磁盘读写错误",
    errno.EROFS: "the disk can only be read / 磁盘为只读",
    errno.EACCES: "permission denied / 没有权限",
    errno.EPERM: "permission denied / 没有权限",
    errno.EMFILE: "too many open files / 打开的文件过多",
    errno.ENAMETOOLONG: "a name is too long / 文件名过长",
}


_NOT_WRITTEN = "the release could not be written / 发布无法写入"
_EARLIER_STANDS = "The earlier release stands / 原有发布不受影响"


@contextmanager
def explained(failed: str = _NOT_WRITTEN, stands: str = _EARLIER_STANDS) -> Iterator[None]:
    """Turn an OSError whose cause lies in the machine into a ReleaseError; others are mistakes of the program.

    `failed` says what could not be done, `stands` what readers see now.
    """
    try:
        yield
    except OSError as error:
        cause = _MENDABLE.get(error.errno or 0)
        if cause is None:
            raise
        raise ReleaseError(f"{failed}: {cause}: {error}. {stands}") from error
