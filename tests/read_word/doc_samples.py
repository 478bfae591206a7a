"""Files in Word's binary format built by code: an OLE container with the two streams, and the least structures in them."""

import struct

_SECTOR = 512
_TEXT_AT = 2048
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def sprm(code: int, operand: bytes) -> bytes:
    """Return one property modifier."""
    return struct.pack("<H", code) + operand


def numbered(instance: int, level: int = 0) -> bytes:
    """Return the modifiers of a paragraph in a list."""
    return sprm(0x260A, bytes([level])) + sprm(0x460B, struct.pack("<h", instance))


IN_TABLE = sprm(0x2416, b"\1")


def row_end(edges: list[int], flags: list[int]) -> bytes:
    """Return the modifiers of a row's end: where its cells' edges lie, and how each cell is merged."""
    body = bytes([len(flags)]) + struct.pack(f"<{len(edges)}h", *edges)
    body += b"".join(struct.pack("<H18x", flag) for flag in flags)
    return IN_TABLE + sprm(0x2417, b"\1") + sprm(0xD608, struct.pack("<H", len(body) + 1) + body)


def level(text: str, form: int, places: list[int], follow: int = 2, start: int = 1) -> bytes:
    """Return one level of a list (LVL); the characters at 1-based `places` of `text` are numbers of levels."""
    head = struct.pack("<iBB", start, form, 0) + bytes(places).ljust(9, b"\0") + bytes([follow]) + bytes(12)
    return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def doc(
    paragraphs: list[tuple[str, bytes]],
    *,
    deleted: tuple[int, int] | None = None,
    levels: list[bytes] | None = None,
    compressed: bool = False,
    flags: int = 0,
    more: str = "",
) -> bytes:
    """Return a doc of paragraphs, each its text with its end mark and its modifiers.

    `deleted` is a tracked deletion in the main text, `levels` the levels of list instance 1, `more` text of page headers.
    """
    main = "".join(text for text, _ in paragraphs)
    units = len((main + more).encode("utf-16-le")) // 2
    body = (main + more).encode("cp1252") if compressed else (main + more).encode("utf-16-le")
    width = 1 if compressed else 2
    text_end = -(-(_TEXT_AT + len(body)) // _SECTOR) * _SECTOR
    bounds = [_TEXT_AT]
    for text, _ in paragraphs:
        bounds.append(bounds[-1] + len(text.encode("utf-16-le")) // 2 * width)
    fkp = _fkp(bounds, [struct.pack("<H", 0) + grpprl for _, grpprl in paragraphs])
    cut = [_TEXT_AT + width * at for at in deleted] if deleted else [_TEXT_AT, _TEXT_AT + width]
    chpx = sprm(0x0800, b"\1") if deleted else b""
    where = (_TEXT_AT * 2 | 0x40000000) if compressed else _TEXT_AT
    pieces = struct.pack("<III", 0, units, 0)[:8] + struct.pack("<HIH", 0, where, 0)
    structures = {
        33: b"\x02" + struct.pack("<I", len(pieces)) + pieces,
        12: struct.pack("<III", cut[0], cut[1], text_end // _SECTOR),
        13: struct.pack("<III", bounds[0], bounds[-1], text_end // _SECTOR + 1),
    }
    if levels:
        many = levels + [level("", 0, [])] * (9 - len(levels))
        structures[73] = struct.pack("<hii", 1, 77, 0) + bytes(20) + b"".join(many)
        structures[74] = struct.pack("<Ii12x", 1, 77) + struct.pack("<I", 0xFFFFFFFF)
    table = b""
    fib = bytearray(_TEXT_AT)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", fib, 10, 0x0200 | flags)
    struct.pack_into("<8i", fib, 0x4C, units - len(more), 0, len(more), 0, 0, 0, 0, 0)
    for index, data in structures.items():
        struct.pack_into("<II", fib, 0x9A + 8 * index, len(table), len(data))
        table += data
    word = bytes(fib) + body.ljust(text_end - _TEXT_AT, b"\0") + _chpx_page(cut, chpx) + fkp
    return ole({"1Table": table, "WordDocument": word})


def _fkp(bounds: list[int], entries: list[bytes]) -> bytes:
    page = bytearray(_SECTOR)
    page[511] = len(entries)
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    at = 510
    for index, entry in enumerate(entries):
        padded = entry + b"\0" * (len(entry) % 2)
        at -= len(padded) + 2
        page[at : at + 2 + len(padded)] = bytes([0, len(padded) // 2]) + padded
        page[4 * len(bounds) + 13 * index] = at // 2
    assert at > 4 * len(bounds) + 13 * len(entries), "the paragraphs do not fit one page"
    return bytes(page)


def _chpx_page(cut: list[int], grpprl: bytes) -> bytes:
    page = bytearray(_SECTOR)
    page[511] = 1
    struct.pack_into("<II", page, 0, *cut)
    page[8] = 250
    page[500 : 501 + len(grpprl)] = bytes([len(grpprl)]) + grpprl
    return bytes(page)


def ole(streams: dict[str, bytes]) -> bytes:
    """Return an OLE2 container of two streams or one, each padded to 4,096 bytes so that none goes into the mini stream."""
    fat, body = [_FAT, _END], b""
    entries = [_entry("Root Entry", 5, 1, _FREE, _END, 0)]
    names = sorted(streams, key=lambda name: (len(name), name))
    for number, name in enumerate(names, 1):
        data = streams[name].ljust(4096, b"\0")
        count = -(-len(data) // _SECTOR)
        first = len(fat)
        fat += [*range(first + 1, first + count), _END]
        right = number + 1 if number < len(names) else _FREE
        entries.append(_entry(name, 2, _FREE, right, first, len(data)))
        body += data.ljust(count * _SECTOR, b"\0")
    entries += [bytes(128)] * (4 - len(entries))
    assert len(fat) <= _SECTOR // 4, "one sector of FAT is all there is"
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", 0, *[_FREE] * 108)
    return head + table + b"".join(entries) + body


def _entry(name: str, kind: int, child: int, right: int, first: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", first, size)
