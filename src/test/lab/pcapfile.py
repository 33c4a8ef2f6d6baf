"""Classic pcap files: read, written, cut to the headers; gzip by the name's ending.

A capture in memory is a `Capture`: link type and frames. Times are integers, nanoseconds since 1970.
"""

import dataclasses
import gzip
import struct

ETHERNET = 1
RAW_IP = 101
COOKED = 276  # Linux cooked capture, version 2

_MICRO = 0xA1B2C3D4
_NANO = 0xA1B23C4D


@dataclasses.dataclass
class Frame:
    """One captured packet: time in ns since 1970, the bytes kept, and how many bytes it had on the wire."""
    time: int
    data: bytes
    wire_length: int


@dataclasses.dataclass
class Capture:
    """Frames in the order captured; `snap` is the limit that the file's header names."""
    link_type: int
    frames: list
    snap: int = 262144


def write(path, capture, nano=False):
    """Writes `path`, a gzip file if it ends in .gz; microseconds unless `nano`."""
    unit, magic = (1, _NANO) if nano else (1000, _MICRO)
    opened = gzip.GzipFile(path, "wb", mtime=0) if str(path).endswith(".gz") else open(path, "wb")
    with opened as file:
        file.write(struct.pack("<IHHiIII", magic, 2, 4, 0, 0, capture.snap, capture.link_type))
        for frame in capture.frames:
            seconds, rest = divmod(frame.time, 1_000_000_000)
            file.write(struct.pack("<IIII", seconds, rest // unit, len(frame.data), frame.wire_length))
            file.write(frame.data)


def read(path):
    """The `Capture` in a classic pcap file of either byte order and either time unit, gzip or not."""
    with (gzip.open(path) if str(path).endswith(".gz") else open(path, "rb")) as file:
        content = file.read()
    for order in "<>":
        magic = struct.unpack_from(order + "I", content)[0]
        if magic in (_MICRO, _NANO):
            break
    else:
        raise ValueError(f"{path}: not a classic pcap file")
    unit = 1 if magic == _NANO else 1000
    snap, link_type = struct.unpack_from(order + "II", content, 16)
    frames, at = [], 24
    while at < len(content):
        seconds, rest, kept, wire_length = struct.unpack_from(order + "IIII", content, at)
        frames.append(Frame(seconds * 1_000_000_000 + rest * unit, content[at + 16:at + 16 + kept], wire_length))
        at += 16 + kept
    return Capture(link_type, frames, snap)


def snapped(capture, header_end):
    """The same capture without payload: `header_end(frame)` says how many bytes of a frame are headers."""
    frames = [Frame(f.time, f.data[:header_end(f)], f.wire_length) for f in capture.frames]
    return Capture(capture.link_type, frames, max(len(f.data) for f in frames))
