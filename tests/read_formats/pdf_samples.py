"""PDF files built by hand: lines of Chinese text at given places, ruling lines, tables, images; no font is embedded."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 85.0, 510.0


@dataclass
class Sheet:
    """One page: `words` are (x, baseline from the top, size, text), `rules` (x0, top, x1, bottom) from the top, `boxes` likewise."""

    words: list[tuple[float, float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    image: bool = False
    rotate: int = 0
    origin: tuple[float, float] = (0.0, 0.0)

    def line(self, top: float, text: str, x: float = LEFT, size: float = 16.0) -> None:
        """Add a line of text."""
        self.words.append((x, top, size, text))

    def prose(self, top: float, text: str, size: float = 16.0, step: float = 28.0) -> float:
        """Set a paragraph: two characters indented, full lines from LEFT to RIGHT; returns where the next line stands."""
        start = 0
        room = RIGHT - LEFT - 2 * size
        at = LEFT + 2 * size
        for index, char in enumerate(text):
            room -= size / 2 if char.isascii() else size
            if room < 0:
                self.line(top, text[start:index], at, size)
                top, start, at = top + step, index, LEFT
                room = RIGHT - LEFT - (size / 2 if char.isascii() else size)
        self.line(top, text[start:], at, size)
        return top + step

    def table(self, top: float, rows: Sequence[Sequence[str]], widths: Sequence[float], step: float = 24.0) -> float:
        """Draw a ruled table; returns its lower edge."""
        edges = [LEFT]
        for width in widths:
            edges.append(edges[-1] + width)
        for number in range(len(rows) + 1):
            self.rules.append((edges[0], top + number * step, edges[-1], top + number * step))
        for edge in edges:
            self.rules.append((edge, top, edge, top + len(rows) * step))
        for number, row in enumerate(rows):
            for edge, words in zip(edges, row, strict=False):
                if words:
                    self.line(top + number * step + 16, words, edge + 4, 10.5)
        return top + len(rows) * step


def _content(sheet: Sheet) -> bytes:
    left, bottom = sheet.origin
    out = ["0.5 w"]
    if sheet.image:
        out.append(f"q {WIDTH} 0 0 {HEIGHT} {left} {bottom} cm /Im1 Do Q")
    for x0, y0, x1, y1 in sheet.rules:
        out.append(f"{x0 + left} {HEIGHT - y0 + bottom} m {x1 + left} {HEIGHT - y1 + bottom} l S")
    for x0, y0, x1, y1 in sheet.boxes:
        out.append(f"{x0 + left} {HEIGHT - y1 + bottom} {x1 - x0} {y1 - y0} re S")
    for x, y, size, text in sheet.words:
        out.append(f"BT /F1 {size} Tf {x + left} {HEIGHT - y + bottom} Td <{text.encode('utf-16-be').hex()}> Tj ET")
    return "\n".join(out).encode("ascii")


def pdf(sheets: Sequence[Sheet], title: str | None = None, *, encrypted: bool = False) -> bytes:
    """Return a whole PDF file of these pages."""
    bodies: list[bytes] = [b""] * 6
    bodies[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    bodies[2] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    )
    bodies[3] = (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 6 0 R >>"
    )
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>"
    )
    bodies[4] = image + b"\nstream\n\x80\nendstream"
    bodies[5] = (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    kids = []
    for sheet in sheets:
        number = len(bodies) + 1
        kids.append(f"{number} 0 R")
        left, bottom = sheet.origin
        bodies.append(
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [{left} {bottom} {left + WIDTH} {bottom + HEIGHT}] "
                f"/Rotate {sheet.rotate} /Contents {number + 1} 0 R "
                "/Resources << /Font << /F1 3 0 R >> /XObject << /Im1 5 0 R >> >> >>"
            ).encode()
        )
        packed = zlib.compress(_content(sheet))
        bodies.append(f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream")
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    bodies.append(b"<< >>" if title is None else f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>".encode())
    info = len(bodies)
    extra = ""
    if encrypted:
        bodies.append(f"<< /Filter /Standard /V 1 /R 2 /O <{'61' * 32}> /U <{'62' * 32}> /P -4 >>".encode())
        extra = f" /Encrypt {len(bodies)} 0 R /ID [<{'63' * 16}> <{'63' * 16}>]"
    return assemble(bodies, f"/Root 1 0 R /Info {info} 0 R{extra}")


def assemble(bodies: Sequence[bytes], trailer: str) -> bytes:
    """Return a file of numbered objects with its cross-reference table."""
    out = bytearray(b"%PDF-1.4\n%\xe4\xe5\xe6\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010d} 00000 n \n".encode()
    out += f"trailer\n<< /Size {len(bodies) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
