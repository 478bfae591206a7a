"""The output folder: whole trees under `.releases/`, one pointer `.current` to the tree that readers see.

Each name that readers know (`catalog.ttl`, a dataset's folder) is a symbolic link that leads through `.current`, so that
renaming one new link over it switches everything at once. A tree shares unchanged files with the one before by hard links.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from opendata.errors import Busy, ReleaseError
from opendata.release.failures import explained

CURRENT = ".current"
TREES = ".releases"
LOCK = ".lock"


class Store:
    """One output folder. Only `locked` changes it; readers need nothing but the file system."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()

    @property
    def current(self) -> Path | None:
        """The tree that readers see, None before the first release."""
        pointer = self.root / CURRENT
        return pointer.resolve() if pointer.is_symlink() and pointer.exists() else None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock of the folder, and clear what a killed run has left. Raises Busy when another publish holds it.

        The lock is the kernel's: it ends with the process that held it, however that process ended.
        """
        try:
            (self.root / TREES).mkdir(parents=True, exist_ok=True)
            lock = (self.root / LOCK).open("a")
        except OSError as error:
            raise ReleaseError(f"{self.root}: cannot be written / 无法写入: {error}") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Busy(
                    f"{self.root}: another publish is at work here; try again when it is done / 另有发布正在进行，请稍后再试"
                ) from None
            self._clear()
            yield

    def beside(self, name: str) -> Path:
        """Return the folder `<output>-<name>` beside the output folder, for what must not be published."""
        root = self.root.resolve()
        return root.parent / f"{root.name}-{name}"

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Give a folder for part files and unpacked archives.

        It lies beside the output folder: on the same disk, never where it is served (a raw file may have to be quarantined),
        and where the next run clears it after a kill.
        """
        parent = self.beside("scratch")
        shutil.rmtree(parent, ignore_errors=True)
        parent.mkdir()
        try:
            yield parent
        finally:
            shutil.rmtree(parent, ignore_errors=True)

    def _clear(self) -> None:
        current = self.current
        kept = {current.name, self._previous(current)} if current else set()
        for tree in (self.root / TREES).iterdir():
            if tree.name not in kept:
                shutil.rmtree(tree, ignore_errors=True)
        for scratch in self.root.glob(f"{CURRENT}.*"):
            scratch.unlink(missing_ok=True)
        for entry in self.root.iterdir():
            if _is_ours(entry) and not entry.exists():
                entry.unlink()

    def _previous(self, current: Path) -> str | None:
        """Return the tree before the current one: kept for one more release, for readers in the middle of it."""
        marker = current / ".previous"
        return marker.read_text(encoding="utf-8") if marker.exists() else None

    def new_tree(self) -> Path:
        """Return a new, empty tree aside."""
        numbers = [int(tree.name) for tree in (self.root / TREES).iterdir() if tree.name.isdigit()]
        tree = self.root / TREES / f"{max(numbers, default=0) + 1:06d}"
        tree.mkdir()
        return tree

    def datasets(self, tree: Path | None = None) -> dict[str, Path]:
        """Return the datasets of a tree (of the current one if none is given) by id: folders that hold a release."""
        tree = tree or self.current
        if tree is None:
            return {}
        return {path.parent.parent.name: path.parent for path in sorted(tree.glob("*/latest/manifest.json"))}

    def check_free(self, names: Iterable[str]) -> None:
        """Raise ReleaseError where something that is not ours stands under a name that readers will look for."""
        for name in names:
            public = self.root / name
            if os.path.lexists(public) and not _is_ours(public):
                raise ReleaseError(f"{public}: is in the way of the release; move it away / 占用了发布路径，请移走")

    def switch(self, tree: Path) -> None:
        """Let readers see `tree`, in one rename. The data of its files must be on the disk before.

        An OSError means that readers see what they saw; a ReleaseError after the rename says that they see `tree`.
        """
        before = self.current
        if before is not None:
            (tree / ".previous").write_text(before.name, encoding="utf-8")
        names = sorted(path.name for path in tree.iterdir() if not path.name.startswith("."))
        self.check_free(names)
        sync_tree(tree)
        for name in names:
            self._link(name)
        _point(self.root / CURRENT, Path(TREES) / tree.name)
        with explained(
            "what follows the switch to the new release failed / 切换到新版本后的收尾未完成",
            "The new release is in place; publish again to clear up after it / 新版本已生效；再次发布即可完成清理",
        ):
            sync_folder(self.root)
            self._clear()

    def _link(self, name: str) -> None:
        """Lead a public name through the pointer; a new one leads nowhere until the pointer is switched."""
        public = self.root / name
        if not public.is_symlink():
            _point(public, Path(CURRENT) / name)


def _point(link: Path, target: Path) -> None:
    """Let a symbolic link lead to `target`, in one rename."""
    scratch = link.with_name(f"{CURRENT}.new")
    scratch.unlink(missing_ok=True)
    scratch.symlink_to(target)
    try:
        os.replace(scratch, link)
    except OSError:
        scratch.unlink(missing_ok=True)
        raise


def _is_ours(entry: Path) -> bool:
    """Tell whether an entry of the output folder is a link that a publish has made."""
    return entry.is_symlink() and Path(os.readlink(entry)) == Path(CURRENT) / entry.name


def link_tree(source: Path, target: Path) -> None:
    """Copy a folder by hard links (by bytes where the file system has none)."""
    shutil.copytree(source, target, copy_function=_link_or_copy)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
        sync_file(Path(target))


def sync_tree(tree: Path) -> None:
    """Have the folders of a tree on the disk; its files were synced when they were written."""
    for folder, _, _ in os.walk(tree):
        sync_folder(Path(folder))


def sync_file(path: Path) -> None:
    """Have the data of one file on the disk."""
    _sync(path)


def sync_folder(folder: Path) -> None:
    """Have the entries of one folder on the disk."""
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
