"""What really happened to each frame of a capture, from the log of the path that it crossed.

| class | meaning |
|---|---|
| ack | no payload |
| new | first transmission, in the order sent |
| reordered | first transmission, captured after a segment with payload that its sender sent later |
| rtx | bytes sent before, not all of them delivered yet |
| spurious | bytes sent before, and all delivered already when this one reaches the receiver, or is lost |
| dup | the network's own copy of a packet that was captured before |
"""

import collections

import segments
from pathlog import CLIENT_TO_SERVER, SERVER_TO_CLIENT
from pcapfile import RAW_IP

CLIENT, MIDDLE, SERVER = "client", "middle", "server"

# which event a capture at a point sees of a direction's packets
_SIGHTINGS = {
    (CLIENT, CLIENT_TO_SERVER): "sent", (CLIENT, SERVER_TO_CLIENT): "delivered",
    (SERVER, CLIENT_TO_SERVER): "delivered", (SERVER, SERVER_TO_CLIENT): "sent",
    (MIDDLE, CLIENT_TO_SERVER): "middle", (MIDDLE, SERVER_TO_CLIENT): "middle",
}


def classify(log, capture, point, client_address):
    """A list of (direction, class), one for each frame of `capture`, taken at `point`.

    Raises if the capture does not hold exactly what the log says went past that point.
    """
    transmissions = _transmissions(log)
    waiting = {d: collections.deque(e.packet for e in log.events
                                    if e.what == _SIGHTINGS[point, d] and e.packet.direction == d)
               for d in (CLIENT_TO_SERVER, SERVER_TO_CLIENT)}
    seen, latest, classes = set(), {}, []
    for number, frame in enumerate(capture.frames, 1):
        direction = _direction(frame.data, client_address)
        packet = waiting[direction].popleft() if waiting[direction] else None
        if packet is None or not _same(packet.headers, frame.data):
            raise RuntimeError(f"frame {number} is not what the log says passed here")
        segment = packet.segment
        if segment is None or not segment.length:
            verdict = "ack"
        elif packet.number in seen:
            verdict = "dup"
        else:
            verdict = transmissions[packet.number]
            flow = (segment.source, segment.target)
            if verdict == "new" and latest.get(flow, -1) > packet.number:
                verdict = "reordered"
            latest[flow] = max(latest.get(flow, -1), packet.number)
        seen.add(packet.number)
        classes.append((direction, verdict))
    if any(waiting.values()):
        raise RuntimeError("packets passed here that the capture does not hold")
    return classes


def write(path, classes):
    """Writes NAME.truth.tsv: frame, direction, class."""
    with open(path, "w") as file:
        for frame, (direction, verdict) in enumerate(classes, 1):
            print(frame, direction, verdict, sep="\t", file=file)


def _transmissions(log):
    """For each packet with payload: new, rtx or spurious, by its number."""
    sent, delivered, base, verdicts = {}, {}, {}, {}
    arrival = {}  # index of the event by which a packet is judged: its first delivery, else its last event
    for index, event in enumerate(log.events):
        known = arrival.get(event.packet.number)
        if known is None or log.events[known].what != "delivered":
            arrival[event.packet.number] = index
    for index, event in enumerate(log.events):
        packet, segment = event.packet, event.packet.segment
        if segment is None or not segment.length:
            continue
        flow = (segment.source, segment.target)
        start = (segment.seq - base.setdefault(flow, segment.seq - (1 << 24))) % (1 << 32)
        span = (start, start + segment.length)
        if event.what == "sent":
            again = sent.setdefault(flow, Ranges()).touches(*span)
            verdicts[packet.number] = "rtx" if again else "new"
            sent[flow].add(*span)
        if index == arrival[packet.number] and verdicts[packet.number] == "rtx":
            if delivered.setdefault(flow, Ranges()).covers(*span):
                verdicts[packet.number] = "spurious"
        if event.what == "delivered":
            delivered.setdefault(flow, Ranges()).add(*span)
    return verdicts


class Ranges:
    """A set of integers as sorted half-open ranges."""

    def __init__(self):
        self._ranges = []

    def add(self, start, end):
        apart = [r for r in self._ranges if r[1] < start or r[0] > end]
        joined = [r for r in self._ranges if not (r[1] < start or r[0] > end)]
        merged = (min([start] + [r[0] for r in joined]), max([end] + [r[1] for r in joined]))
        self._ranges = sorted(apart + [merged])

    def touches(self, start, end):
        return any(r[0] < end and start < r[1] for r in self._ranges)

    def covers(self, start, end):
        return any(r[0] <= start and end <= r[1] for r in self._ranges)


def _direction(data, client_address):
    segment = segments.parse(data, RAW_IP)
    return CLIENT_TO_SERVER if segment.source[0] == client_address else SERVER_TO_CLIENT


def _same(logged, captured):
    shorter = min(len(logged), len(captured))
    return logged[:shorter] == captured[:shorter]
