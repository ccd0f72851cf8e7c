"""Bytes or text in, a `Source` out: decoded, and told apart as HTML or scraped text.

The order is that of the web (byte-order mark, declared charset, detection), with one
difference: bytes that are valid UTF-8 are UTF-8 whatever was declared, because no other
encoding produces that by chance, and servers that declare the wrong thing are common. So in the
plain case the bytes are only checked, and stay bytes where they are a page, which the parser takes
as such; the head of the page is searched and the detector (chardet, imported then) loaded only
when that fails.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, Literal, NamedTuple

from cleaner.foreign import made_for_programs
from cleaner.kind import guess_kind, opens_as_page
from cleaner.model import CleanError, Kind, Source
from cleaner.utf8 import is_utf8

MAX_SIZE: Final = 20 * 2**20
"""Bytes (or characters) of one input. The largest real news pages are near 6 MB; past 20 it is a dump."""
MAX_LINES: Final = 20_000
"""Lines with something on them in one text. Whole-page dumps have hundreds; each costs the labeller about
half a millisecond, and a page's time is bounded."""
HEAD_BYTES: Final = 4096
"""Where a charset may be declared. The standard says 1,024; real pages put scripts before it."""
OPENING_BYTES: Final = 4 * HEAD_BYTES
"""Of a page in UTF-8, what is made text to see what it is: `HEAD_BYTES` characters in any script."""
SAMPLE_BYTES: Final = 60_000
"""What the detector reads: more does not change its answer and costs time."""
MOSTLY_VALID: Final = 10
"""Good multi-byte characters for each bad one, from which on text is damaged UTF-8 not another encoding."""
DAMAGE_SHARE: Final = 0.02
"""Share of undecodable characters, among those not ASCII, at which a declared encoding is still believed."""
CONTROL_SHARE: Final = 0.03
"""Share of control characters that makes it no text; random bytes have a tenth, old pages a stray few."""
STRAY_NULS: Final = 0.005
"""Share of NULs up to which they are dirt; UTF-16 has one for each line feed, space and tag character."""

_SIGNATURES: Final = (
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "gzip-compressed data; decompress it first"),
    (b"\xfd7zXZ\x00", "xz-compressed data; decompress it first"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data; decompress it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"II*\x00", "a TIFF image"),
    (b"\x00\x00\x01\x00", "an icon image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf1", "an RTF document"),
    (b"%!PS-Adobe", "a PostScript file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_ANY_SIGNATURE: Final = tuple(signature for signature, _ in _SIGNATURES)
_LETTERS: Final = (
    (b"BZh", "bzip2-compressed data; decompress it first"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"OggS", "an audio or video file"),
    (b"ID3", "an audio file"),
    (b"fLaC", "an audio file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"PAR1", "a Parquet file"),
)
"""Signatures that a text can begin with as well; in a file of the kind control characters follow."""
_BINARY_WITHIN: Final = 64
"""Bytes at the beginning of such a file in which one of these stands."""
_PDF: Final = re.compile(rb"\s{0,64}%PDF-\d\.\d")
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WIDER: Final = {"gbk": "gb18030", "gb2312": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932"}
"""Encodings that are named when a larger one that contains them is meant."""
_LATIN: Final = frozenset(
    "cp1250 cp1252 cp1254 cp1257 iso8859-1 iso8859-2 iso8859-9 iso8859-15 mac-roman windows-1252".split()
)

_META_CHARSET = re.compile(
    rb"<meta\s[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_CONTROLS: Final = bytes([*range(9), 11, *range(14, 27), *range(28, 32)])
LINE_ENDS: Final = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
LINE: Final = re.compile(rf"\S[^{LINE_ENDS}]*+")
"""What a line holds, from its first character that is no white space to its end."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MARKUP = re.compile(rb"<(script|style)\b[^<>]*+>(?:.*?(?=</\1)|.*+)|<[^<>]*+>", re.IGNORECASE | re.DOTALL)
_ASCII_LETTER = re.compile(rb"[A-Za-z]")
_C1_BYTE = re.compile(rb"[\x80-\x9f]")
_HIGH_BYTES: Final = bytes(range(128, 256))


def read(
    source: bytes | str,
    url: str | None = None,
    kind: Literal["auto", "html", "text"] = "auto",
    charset: str | None = None,
) -> Source:
    """Decode `source` and say what kind it is.

    `charset` is what the sender declared (HTTP's content-type). A `str` keeps its length: lone
    surrogates, which no output could hold, become U+FFFD one for one; so do those of `url`.
    Raises CleanError when there is nothing to clean: wrong type, empty, over `MAX_SIZE` or `MAX_LINES`, a
    PDF, an archive, an image, bytes that are no text in any encoding, or, unless it is called text, a feed, a
    sitemap or JSON.
    """
    if kind not in ("auto", "html", "text"):
        raise CleanError(f'kind must be "auto", "html" or "text", not {kind!r}')
    for name, value in (("url", url), ("charset", charset)):
        if not isinstance(value, str | None):
            raise CleanError(f"{name} must be a str, not {type(value).__name__}")
    taken, url, charset = as_source(source), _whole(url), _whole(charset)
    if taken is None:
        raise CleanError(f"the source must be bytes or str, not {type(source).__name__}")
    decoded = _decoded(taken, charset)
    content = decoded.content
    opening = _opening(content)
    if kind != "text":
        if what := made_for_programs(opening, content):
            raise CleanError(f"the input is {what}")
        if isinstance(content, bytes) and _is_page(opening, kind):
            return Source(content, "html", url, decoded.encoding)
    text = decoded.text
    if not _VISIBLE.search(text):
        raise CleanError("the input is empty")
    found: Kind = guess_kind(text) if kind == "auto" else kind
    if found == "text" and _has_too_many_lines(text):
        raise CleanError(f"the text has more than {MAX_LINES:,} lines, which no article has")
    return Source(text, found, url, decoded.encoding)


def _decoded(source: bytes | str, charset: str | None) -> Decoded:
    """The text of a source. Raises CleanError when it is too large, or no text."""
    if len(source) > MAX_SIZE:
        raise CleanError(f"the input is larger than {MAX_SIZE // 2**20} MB")
    if isinstance(source, bytes):
        _refuse_binary(source)
        return decode(source, charset)
    if _PDF.match(source[:_BINARY_WITHIN].encode("utf-8", "replace")):
        raise CleanError("the input is a PDF file; extract its text first")
    # A few odd signs in a line or two are somebody's text; files of other kinds are longer.
    if len(source) >= HEAD_BYTES and _is_binary(source):
        raise CleanError("the input is binary data that was decoded as if it were text")
    return _well_formed(source)


def as_source(value: object) -> bytes | str | None:
    """A page or text in Python's own types, which compiled code and worker processes take; else None."""
    if isinstance(value, str):
        return str.__str__(value)
    if type(value) is bytes:
        return value
    return bytes(memoryview(value)) if isinstance(value, bytes | bytearray | memoryview) else None


def _whole(text: str | None) -> str | None:
    """A text without halves of characters, and of Python's own type."""
    return None if text is None else _SURROGATE.sub("\ufffd", str.__str__(text))


def _opening(content: str | bytes) -> str:
    """The first `HEAD_BYTES` characters, and up to four times as many."""
    opening = content[:OPENING_BYTES]
    return opening.decode("utf-8", "ignore") if isinstance(opening, bytes) else opening


def _is_page(opening: str, kind: Literal["auto", "html"]) -> bool:
    """Whether the beginning alone shows that this is a page with something on it."""
    if kind == "auto":
        return opens_as_page(opening)
    return _VISIBLE.search(opening) is not None


def _has_too_many_lines(text: str) -> bool:
    if len(text) <= MAX_LINES or sum(map(text.count, LINE_ENDS)) <= MAX_LINES:
        return False
    return any(True for _ in islice(LINE.finditer(text), MAX_LINES, None))


class Decoded(NamedTuple):
    """A text, as it is or as valid UTF-8, and the encoding it came in (None for a str)."""

    content: str | bytes
    encoding: str | None

    @property
    def text(self) -> str:
        """The text as it is."""
        return self.content if isinstance(self.content, str) else self.content.decode()


def decode(data: bytes, charset: str | None = None) -> Decoded:
    """The text of `data` and its encoding. Raises CleanError when it is no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(encoding, "replace"), encoding)
    if data.find(0, 0, HEAD_BYTES) >= 0 and (wide := _wide_encoding(data)):
        return Decoded(data.decode(wide, "replace"), wide)
    # Looking for one byte costs a tenth of looking for two, and no page has that one.
    if data.find(b"\x1b", 0, SAMPLE_BYTES) >= 0 and data.find(b"\x1b$", 0, SAMPLE_BYTES) >= 0:
        found = Decoded(data.decode("iso2022_jp", "replace"), "iso2022_jp")  # The one that is valid ASCII.
    elif is_utf8(data):
        found = Decoded(data, "utf-8")
    else:
        found = Decoded(*_legacy(data, charset))
    if _is_binary(found.content):
        raise CleanError("the input is binary data, not text in any known encoding")
    return found


def _is_binary(content: str | bytes) -> bool:
    """Whether the beginning has more control characters than text can have."""
    opening = _opening(content)[:HEAD_BYTES]
    head = opening.encode("utf-8", "replace")
    return len(head) - len(head.translate(None, _CONTROLS)) > CONTROL_SHARE * len(opening)


def _refuse_binary(data: bytes) -> None:
    if data.startswith(_ANY_SIGNATURE):
        what = next(what for signature, what in _SIGNATURES if data.startswith(signature))
        raise CleanError(f"the input is {what}")
    if _PDF.match(data):
        raise CleanError("the input is a PDF file; extract its text first")
    head = data[:_BINARY_WITHIN]
    if len(head) == len(head.translate(None, _CONTROLS)):
        return
    for signature, what in _LETTERS:
        if head.startswith(signature):
            raise CleanError(f"the input is {what}")
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise CleanError("the input is an image, audio or video file")
    if head[4:8] == b"ftyp":
        raise CleanError("the input is a video or image file")


def _well_formed(text: str) -> Decoded:
    try:
        return Decoded(text.encode(), None)
    except UnicodeEncodeError:
        return Decoded(_SURROGATE.sub("\ufffd", text), None)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 (or 32) without a byte-order mark, seen by where the NULs of its ASCII characters stand."""
    sample = data[: HEAD_BYTES if len(data) >= HEAD_BYTES else len(data) // 2 * 2]
    units = len(sample) // 2
    nul_even, nul_odd = sample[::2].count(0), sample[1::2].count(0)
    fewer, more = sorted((nul_even, nul_odd))
    if fewer > units // 3:
        return "utf-32-be" if sample[:1] == b"\x00" else "utf-32-le"
    if more <= units * STRAY_NULS or more < 4 * fewer:
        return None
    if more < units // 10 and _begins_as_utf8(sample):
        return None  # Plain text with a few NULs, which as UTF-16 would be perfect nonsense.
    encoding = "utf-16-le" if nul_odd > nul_even else "utf-16-be"
    text = sample.decode(encoding, "replace")
    odd = sum(not character.isprintable() and not character.isspace() for character in text)
    return encoding if odd <= CONTROL_SHARE * len(text) + 1 else None


def _begins_as_utf8(sample: bytes) -> bool:
    """Valid UTF-8 but for a character cut off at the end of the sample."""
    return "\ufffd" not in sample.decode("utf-8", "replace")[:-1]


def _legacy(data: bytes, charset: str | None) -> tuple[str, str]:
    """Decode what is not valid UTF-8: damaged UTF-8, a believable declaration, or what the detector says."""
    declared = _codec(charset) or _codec(_declared(data))
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - bad - len(data.translate(None, _HIGH_BYTES))
    cut_off = bad == 1 and text.endswith("\ufffd") and (good > 0 or declared == "utf-8")
    if good > bad * MOSTLY_VALID or cut_off:
        return text, "utf-8"
    sample = _MARKUP.sub(b" ", data[: 8 * SAMPLE_BYTES])[:SAMPLE_BYTES]
    if declared and declared != "utf-8" and _believable(sample, declared):
        return data.decode(declared, "replace"), declared
    detected = _detect(sample) or declared or "cp1252"
    return data.decode(detected, "replace"), detected


def _declared(data: bytes) -> str | None:
    """The charset a page's own head declares (meta charset, http-equiv, or an XML declaration)."""
    for found in islice(_META_CHARSET.finditer(data, 0, HEAD_BYTES), 1):
        return (found[1] or found[2]).decode("ascii", "replace")
    return None


def _codec(label: str | None) -> str | None:
    """The Python codec that browsers use for a declared label; None for one that is unknown."""
    if not label:
        return None
    import webencodings

    encoding = webencodings.lookup(label.strip("\"' \t"))
    if encoding is None or encoding.name in ("replacement", "x-user-defined"):
        return None
    if encoding.name.startswith("utf-16"):
        return None  # The bytes were seen to have no UTF-16 shape, so the declaration is wrong.
    return _WIDER.get(encoding.codec_info.name, encoding.codec_info.name)


def _believable(sample: bytes, codec: str) -> bool:
    """The declared encoding decodes the text, and does not turn another alphabet into accented letters."""
    text = sample.decode(codec, "replace")
    high = len(sample) - len(sample.translate(None, _HIGH_BYTES))
    if text[:-1].count("\ufffd") > DAMAGE_SHARE * high:
        return False
    return codec not in _LATIN or high <= len(_ASCII_LETTER.findall(sample))


def _detect(sample: bytes) -> str | None:
    import chardet

    era = chardet.EncodingEra.MODERN_WEB
    found = chardet.detect(sample, encoding_era=era, prefer_superset=True, compat_names=False)["encoding"]
    if found is None or found.lower().startswith(("utf-7", "utf-16", "utf-32")):
        return None
    if found == "cp1250" and not _C1_BYTE.search(sample):
        # The detector knows of the two only the Windows one, which cannot write a page of Polish, Czech
        # or Slovak (nor typographic quotes) without this range, where the ISO one has no characters.
        return "iso8859-2"
    return _WIDER.get(found, found)
