"""What a sample must show. A claim that does not hold raises `NotShown`, and the sample is tried again.

Claims look at `segments.Segment`s in capture order. `client` is the sender of the first SYN.
"""

from segments import ACK, FIN, RST, SYN


class NotShown(Exception):
    """The capture does not show its mechanism."""


def require(holds, what):
    if not holds:
        raise NotShown(what)


def exactly(count, segments, what):
    found = len(list(segments))
    require(found == count, f"{what}: {found} instead of {count}")


def at_least(count, segments, what):
    found = len(list(segments))
    require(found >= count, f"{what}: {found}, at least {count} needed")


def client(segments):
    """The (address, port) that sent the first SYN."""
    return next(s.source for s in segments if s.has(SYN) and not s.has(ACK))


def sent_by(endpoint, segments):
    return [s for s in segments if s.source == endpoint]


def with_flags(flags, segments):
    return [s for s in segments if s.has(flags)]


def starts_with_handshake(segments):
    """SYN, SYN+ACK and ACK are the first three segments."""
    first, second, third = segments[:3]
    require(first.has(SYN) and not first.has(ACK) and second.has(SYN | ACK) and not third.has(SYN), "no handshake first")
    require(second.ack == first.end and third.ack == second.end, "the handshake acknowledges something else")


def ends_in_order(segments):
    """Each side's FIN is there once, acknowledged by the other side, and there is no RST."""
    exactly(0, with_flags(RST, segments), "RST")
    fins = with_flags(FIN, segments)
    exactly(2, fins, "FIN")
    for fin in fins:
        require(any(s.source == fin.target and s.ack == fin.end for s in segments), f"FIN in frame {fin.frame} not acknowledged")
    return fins


def four_segment_close(segments):
    """FIN, its ACK alone, FIN, ACK, and nothing after."""
    first, second = ends_in_order(segments)
    require([s.frame for s in (first, second)] == [segments[-4].frame, segments[-2].frame], "not four segments")
    require(segments[-3].ack == first.end and segments[-3].length == 0, "the first FIN has no ACK of its own")


def three_segment_close(segments):
    """FIN, FIN that acknowledges it, ACK, and nothing after."""
    first, second = ends_in_order(segments)
    require([s.frame for s in (first, second)] == [segments[-3].frame, segments[-2].frame], "not three segments")
    require(second.ack == first.end, "the second FIN does not acknowledge the first")


def repeated(segments):
    """Segments with payload, all of whose bytes were in an earlier captured segment of the same sender."""
    seen, again = {}, []
    for s in segments:
        if not s.length:
            continue
        ranges = seen.setdefault((s.source, s.target), [])
        if any((s.seq - low) % (1 << 32) + s.length <= size for low, size in ranges):
            again.append(s)
        ranges.append((s.seq, s.length))
    return again


def below_highest(segments):
    """Segments with payload that begin below the highest sequence number captured before of the same sender."""
    highest, late = {}, []
    for s in segments:
        if not s.length:
            continue
        key = (s.source, s.target)
        top = highest.get(key, s.seq)
        if (s.seq - top) % (1 << 32) > 1 << 31:
            late.append(s)
        if (s.end - top) % (1 << 32) < 1 << 31:
            highest[key] = s.end
    return late


def with_duplicate_sack(segments):
    """ACKs whose first SACK block lies below the acknowledgement: the receiver got those bytes twice."""
    return [s for s in segments if s.sack and (s.ack - s.sack[0][1]) % (1 << 32) < 1 << 31]


def gaps_in_seconds(segments):
    """The times between neighbours, in seconds."""
    return [(later.time - earlier.time) / 1e9 for earlier, later in zip(segments, segments[1:])]
