"""What a stage of the path does to a packet: let it pass, lose it, hold it back, send it twice.

A stage answers `decide(segment)` with a list of extra delays in ns, one for each copy that goes on; an empty list is a
loss. `delay_ms` is the time that every packet takes through the stage, one way.
"""

import dataclasses
import random

from segments import FIN, SYN

MS = 1_000_000


class Smooth:
    """Only takes its time."""

    def __init__(self, delay_ms=0.0):
        self.delay = int(delay_ms * MS)

    def decide(self, segment):
        return [0]

    def carried(self, data):
        """The packet that was decided on last, as it comes out."""
        return data


class Seeded(Smooth):
    """Loses, holds back and doubles at random, the same way for the same seed and the same packets.

    `loss`, `reorder` and `duplicate` are shares from 0 to 1; a packet that is reordered is held back for half to
    one and a half times `hold_ms`, a copy follows up to `hold_ms` after its original.
    """

    def __init__(self, seed, delay_ms=0.0, loss=0.0, reorder=0.0, duplicate=0.0, hold_ms=2.0):
        super().__init__(delay_ms)
        self._random = random.Random(seed)
        self._loss, self._reorder, self._duplicate = loss, reorder, duplicate
        self._hold = int(hold_ms * MS)

    def decide(self, segment):
        lost, late, twice, amount = (self._random.random() for _ in range(4))
        if lost < self._loss:
            return []
        first = int(self._hold * (0.5 + amount)) if late < self._reorder else 0
        return [first, first + int(self._hold * amount)] if twice < self._duplicate else [first]


@dataclasses.dataclass(frozen=True)
class Act:
    """One intervention: `what` is "lose", "hold", "copy" or "damage" (a bit of the last byte), for `ms` milliseconds
    where that matters.

    It strikes the `attempt`-th segment (from 1) that holds byte `byte` of the stream (from 0), or carries `flag`
    (segments.SYN or FIN), or, with `pure_ack`, that many-th (from 1) segment without payload, SYN or FIN.
    """
    what: str
    byte: int = None
    flag: int = None
    pure_ack: int = None
    attempt: int = 1
    ms: float = 0.0


class Scripted(Smooth):
    """Does exactly what its `Act`s say, to one connection; `undone()` lists those that found nothing to strike."""

    def __init__(self, delay_ms, acts):
        super().__init__(delay_ms)
        self._acts = list(acts)
        self._met = {act: 0 for act in acts}
        self._start = None
        self._pure_acks = 0
        self._damages = False

    def carried(self, data):
        return data[:-1] + bytes([data[-1] ^ 1]) if self._damages else data

    def decide(self, segment):
        self._damages = False
        if segment is None:
            return [0]
        if segment.has(SYN):
            self._start = segment.seq + 1
        if not segment.length and not segment.flags & (SYN | FIN):
            self._pure_acks += 1
        passes = [0]
        for act in self._acts:
            if self._strikes(act, segment):
                self._met[act] += 1
                if self._met[act] == act.attempt:
                    delay = int(act.ms * MS)
                    passes = {"lose": [], "hold": [delay], "copy": [0, delay], "damage": [0]}[act.what]
                    self._damages = act.what == "damage"
        return passes

    def undone(self):
        return [act for act, met in self._met.items() if met < act.attempt]

    def _strikes(self, act, segment):
        if act.byte is not None:
            return (act.byte - (segment.seq - self._start)) % (1 << 32) < segment.length
        if act.flag is not None:
            return segment.has(act.flag)
        return not segment.length and not segment.flags & (SYN | FIN) and self._pure_acks == act.pure_ack
