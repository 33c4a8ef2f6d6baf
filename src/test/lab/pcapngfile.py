"""pcapng files as other programs write them: any byte order, block and option, also those that are seldom seen.

Blocks are bytes; a file is the blocks one after the other, beginning with a `section`.
"""

import struct

SECTION, INTERFACE, OLD_PACKET, SIMPLE_PACKET, NAMES, ENHANCED_PACKET = 0x0A0D0D0A, 1, 2, 3, 4, 6
COMMENT = 1
HARDWARE, SYSTEM, APPLICATION = 2, 3, 4
NAME, DESCRIPTION, RESOLUTION, OFFSET = 2, 3, 9, 14
IPV4 = 1


class Writer:
    """Makes blocks in one byte order, `<` or `>`."""

    def __init__(self, order="<"):
        self._order = order

    def pack(self, layout, *values):
        return struct.pack(self._order + layout, *values)

    def block(self, kind, body):
        body += bytes(-len(body) % 4)
        length = len(body) + 12
        return self.pack("II", kind, length) + body + self.pack("I", length)

    def options(self, *pairs):
        """Options from (code, value) pairs; text is written in UTF-8."""
        if not pairs:
            return b""
        written = b""
        for code, value in pairs:
            value = value.encode() if isinstance(value, str) else value
            written += self.pack("HH", code, len(value)) + value + bytes(-len(value) % 4)
        return written + self.pack("HH", 0, 0)

    def section(self, *options, length=-1):
        return self.block(SECTION, self.pack("IHHq", 0x1A2B3C4D, 1, 0, length) + self.options(*options))

    def interface(self, link_type, *options, snap=262144):
        return self.block(INTERFACE, self.pack("HHI", link_type, 0, snap) + self.options(*options))

    def enhanced(self, interface, ticks, frame, *options):
        head = self.pack("IIIII", interface, ticks >> 32, ticks & 0xFFFFFFFF, len(frame.data), frame.wire_length)
        return self.block(ENHANCED_PACKET, head + self._padded(frame) + self.options(*options))

    def old(self, interface, ticks, frame, *options):
        head = self.pack("HHIIII", interface, 0xFFFF, ticks >> 32, ticks & 0xFFFFFFFF, len(frame.data), frame.wire_length)
        return self.block(OLD_PACKET, head + self._padded(frame) + self.options(*options))

    def simple(self, frame):
        return self.block(SIMPLE_PACKET, self.pack("I", frame.wire_length) + frame.data)

    def names(self, *pairs):
        """Names of IPv4 addresses, from (address in 4 bytes, name) pairs."""
        records = b""
        for address, name in pairs:
            value = address + name.encode() + b"\0"
            records += self.pack("HH", IPV4, len(value)) + value + bytes(-len(value) % 4)
        return self.block(NAMES, records + self.pack("HH", 0, 0))

    @staticmethod
    def _padded(frame):
        return frame.data + bytes(-len(frame.data) % 4)
