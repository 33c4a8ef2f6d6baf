"""TCP segments of a capture, just enough of them to say whether a sample shows what it should.

This is no second conntrace: it reads what this laboratory's own kernels send and refuses the rest.
"""

import dataclasses
import ipaddress
import struct

from pcapfile import COOKED, ETHERNET

FIN, SYN, RST, PSH, ACK = 0x01, 0x02, 0x04, 0x08, 0x10


@dataclasses.dataclass(frozen=True)
class Segment:
    """One TCP segment. `frame` counts from 1, `time` is ns since 1970, `length` the payload's bytes by the IP
    header, `window` the raw field, `sack` a list of (left, right); `tsval`, `tsecr` are None without timestamps."""
    frame: int
    time: int
    source: tuple
    target: tuple
    ip_id: int
    seq: int
    ack: int
    flags: int
    window: int
    length: int
    header_end: int
    sack: tuple = ()
    tsval: int = None
    tsecr: int = None

    def has(self, flags):
        return self.flags & flags == flags

    @property
    def end(self):
        """The sequence number after this segment, SYN and FIN counted."""
        return (self.seq + self.length + self.has(SYN) + self.has(FIN)) % (1 << 32)


def parse(data, link_type, frame=0, time=0):
    """The segment in a frame's bytes, or None for anything but TCP over IPv4 or IPv6."""
    at = {ETHERNET: 14, COOKED: 20}.get(link_type, 0)
    protocol = {ETHERNET: data[12:14], COOKED: data[0:2]}.get(link_type)
    if protocol not in (None, b"\x08\x00", b"\x86\xdd"):
        return None
    version = data[at] >> 4
    if version == 4:
        if data[at + 9] != 6:
            return None
        total, ip_id = struct.unpack_from(">HH", data, at + 2)
        source, target = data[at + 12:at + 16], data[at + 16:at + 20]
        tcp, end = at + (data[at] & 15) * 4, at + total
    else:
        if data[at + 6] != 6:
            return None
        ip_id = 0
        source, target = data[at + 8:at + 24], data[at + 24:at + 40]
        tcp, end = at + 40, at + 40 + struct.unpack_from(">H", data, at + 4)[0]
    sport, dport, seq, ack, offset, flags, window = struct.unpack_from(">HHIIBBH", data, tcp)
    header_end = tcp + (offset >> 4) * 4
    return Segment(frame, time, (str(ipaddress.ip_address(source)), sport), (str(ipaddress.ip_address(target)), dport),
                   ip_id, seq, ack, flags, window, end - header_end, header_end,
                   **_options(data[tcp + 20:header_end]))


def of(capture):
    """All TCP segments of a `pcapfile.Capture`, in order."""
    parsed = (parse(f.data, capture.link_type, number, f.time) for number, f in enumerate(capture.frames, 1))
    return [segment for segment in parsed if segment]


def header_end(capture):
    """A function for `pcapfile.snapped`: where a frame's TCP header ends; frames without TCP stay whole."""
    def end(frame):
        segment = parse(frame.data, capture.link_type)
        return segment.header_end if segment else len(frame.data)
    return end


def _options(data):
    found, at = {}, 0
    while at < len(data) and data[at]:
        if data[at] == 1:
            at += 1
            continue
        kind, length = data[at], data[at + 1]
        if kind == 8:
            found["tsval"], found["tsecr"] = struct.unpack_from(">II", data, at + 2)
        elif kind == 5:
            edges = struct.unpack_from(f">{(length - 2) // 4}I", data, at + 2)
            found["sack"] = tuple(zip(edges[::2], edges[1::2]))
        at += length
    return found
