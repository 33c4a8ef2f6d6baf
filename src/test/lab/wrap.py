"""Headers put around what a kernel sent, where this kernel has no device that would do it.

Each function takes an Ethernet capture and gives back another; segments, times and lengths inside stay as they were.
"""

import struct

from pcapfile import ETHERNET, Capture, Frame

VLAN, SERVICE_VLAN = 0x8100, 0x88A8
GRE, FRAGMENT = 47, 44


def tagged(capture, *tags):
    """VLAN tags behind the MAC addresses: (protocol, VLAN number) pairs, the outermost first."""
    middle = b"".join(struct.pack(">HH", protocol, number) for protocol, number in tags)
    return _around(capture, lambda data: data[:12] + middle + data[12:])


def in_gre(capture, source, target):
    """The IP packet in a GRE tunnel between two IPv4 addresses (4 bytes each)."""
    def wrapped(data):
        inner = data[14:]
        gre = struct.pack(">HH", 0, 0x0800)
        header = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 24 + len(inner), 0, 0x4000, 64, GRE, 0, source, target)
        checksum = struct.pack(">H", internet_checksum(header))
        return data[:14] + header[:10] + checksum + header[12:] + gre + inner
    return _around(capture, wrapped)


def in_ipv6_fragments(capture, size, backwards):
    """IPv6 packets with more than `size` bytes behind their header in pieces of `size` (a multiple of 8);
    those of the `backwards`-th such packet (from 1) come last one first."""
    frames, cut = [], 0
    for frame in capture.frames:
        payload = frame.data[54:]
        if frame.data[12:14] != b"\x86\xdd" or len(payload) <= size:
            frames.append(frame)
            continue
        cut += 1
        pieces = []
        for at in range(0, len(payload), size):
            piece = payload[at:at + size]
            more = at + size < len(payload)
            extension = struct.pack(">BBHI", frame.data[20], 0, at | more, cut)
            header = frame.data[14:18] + struct.pack(">HB", len(extension) + len(piece), FRAGMENT) + frame.data[21:54]
            pieces.append(frame.data[:14] + header + extension + piece)
        if cut == backwards:
            pieces.reverse()
        frames += [Frame(frame.time, data, len(data)) for data in pieces]
    return Capture(ETHERNET, frames, capture.snap)


def internet_checksum(data):
    """The checksum of RFC 1071 as an integer."""
    total = sum(struct.unpack(f">{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def _around(capture, change):
    if capture.link_type != ETHERNET:
        raise ValueError("only Ethernet captures are wrapped")
    frames = []
    for frame in capture.frames:
        data = change(frame.data)
        frames.append(Frame(frame.time, data, frame.wire_length + len(data) - len(frame.data)))
    return Capture(ETHERNET, frames, capture.snap)
