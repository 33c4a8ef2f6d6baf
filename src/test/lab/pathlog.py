"""The path's account of what it did, packet by packet.

`packets[number]` is what a host sent; `events` is what became of it, in the order in which it happened:

| event | meaning |
|---|---|
| sent | the path took it from its sender |
| lost | a stage dropped it |
| held | a stage delays this copy more than others, by `detail` ns |
| middle | it passed the middle of the path |
| delivered | the path gave it to its receiver |

`copy` is 0 for the packet itself, 1 and more for those that the path made.
"""

import dataclasses

CLIENT_TO_SERVER, SERVER_TO_CLIENT = "c2s", "s2c"


@dataclasses.dataclass
class Packet:
    """`number` counts from 0 in the order taken in, `headers` are the first bytes, `segment` is None if not TCP."""
    number: int
    direction: str
    headers: bytes
    length: int
    segment: object


@dataclasses.dataclass
class Event:
    """`time` in ns since 1970."""
    time: int
    what: str
    packet: Packet
    copy: int
    detail: int = 0


class PathLog:
    """Packets and events of one run."""

    def __init__(self):
        self.packets = []
        self.events = []

    def write(self, path):
        """Writes one line an event: time, event, packet, copy, direction, seq, payload length, detail."""
        with open(path, "w") as file:
            print("time_ns", "event", "packet", "copy", "direction", "seq", "length", "detail_ns", sep="\t", file=file)
            for e in self.events:
                s = e.packet.segment
                print(e.time, e.what, e.packet.number, e.copy, e.packet.direction, s.seq if s else "-",
                      s.length if s else "-", e.detail, sep="\t", file=file)
