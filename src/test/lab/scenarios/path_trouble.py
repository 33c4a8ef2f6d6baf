"""What a network does to segments: loses, overtakes, doubles. Real kernels at both ends, `path.Path` between them.

Each scenario says which bytes of the stream meet what, so it is the same every time.
"""

import functools

import claims
import segments
from impairment import Act
from samples import sample
from transfer import SEGMENT, across


@functools.cache
def lossy_run():
    """Three ways in which what was lost is found out.

    Of 50 segments, three get lost in the middle: SACK shows the holes. Of a block of three, the last two: nothing comes
    after them that could show it, so a tail loss probe is sent, and its SACK shows the other. Of a block of two, both
    and the probe: only the timeout is left.
    """
    second = 50 * SEGMENT
    third = second + 3 * SEGMENT
    acts = [Act("lose", byte=20 * SEGMENT), Act("lose", byte=21 * SEGMENT), Act("lose", byte=30 * SEGMENT),
            Act("lose", byte=second + SEGMENT), Act("lose", byte=second + 2 * SEGMENT),
            Act("lose", byte=third), Act("lose", byte=third + SEGMENT), Act("lose", byte=third + SEGMENT, attempt=2)]
    at_client, at_server = across(acts, [50 * SEGMENT, 3 * SEGMENT, 2 * SEGMENT])
    found = segments.of(at_client)
    claims.starts_with_handshake(found)
    claims.exactly(8, claims.repeated(found), "retransmissions")
    claims.exactly(0, claims.repeated(segments.of(at_server)), "segments that the receiver had")
    start = found[0].seq + 1
    for byte, quickest, slowest in ((second + 2 * SEGMENT, 0.035, 0.09), (third, 0.2, 0.5)):
        first, again = [s for s in found if s.length and (start + byte - s.seq) % (1 << 32) < s.length][:2]
        claims.require(quickest < (again.time - first.time) / 1e9 < slowest, f"byte {byte} is repeated at another time")
    return at_client, at_server


@sample("bad-checksum")
def bad_checksum():
    """One segment of ten is damaged on the way: the receiver throws it away, and the sender has to send it again."""
    _, at_server = across([Act("damage", byte=4 * SEGMENT)], [10 * SEGMENT])
    found = segments.of(at_server)
    claims.starts_with_handshake(found)
    claims.exactly(1, claims.repeated(found), "retransmissions")
    return at_server


@sample("loss", "loss-at-sender", headers_only=True)
def loss_at_sender():
    return lossy_run()[0]


@sample("loss", "loss-at-receiver", headers_only=True)
def loss_at_receiver():
    return lossy_run()[1]


def _without_probes(client, _):
    client.sysctl("net.ipv4.tcp_early_retrans", 0)


def _without_sack(client, _):
    client.sysctl("net.ipv4.tcp_sack", 0)


@sample("fast-retransmission", headers_only=True)
def fast_retransmission():
    """One segment of 30 gets lost. No SACK: three duplicate ACKs alone tell the sender, one round trip later."""
    at_client, _ = across([Act("lose", byte=12 * SEGMENT)], [30 * SEGMENT], prepare=_without_sack)
    found = segments.of(at_client)
    claims.starts_with_handshake(found)
    again = claims.repeated(found)
    claims.exactly(1, again, "retransmissions")
    acks = [s for s in found if s.source != again[0].source and s.ack == again[0].seq and s.frame < again[0].frame]
    claims.at_least(4, acks, "ACKs that ask for the lost segment")
    return at_client


@sample("timeout-retransmission", headers_only=True)
def timeout_retransmission():
    """A block of two is lost twice over: nothing comes back, so the timer fires, and fires again after twice the time."""
    first = 10 * SEGMENT
    acts = [Act("lose", byte=first), Act("lose", byte=first + SEGMENT), Act("lose", byte=first, attempt=2)]
    at_client, _ = across(acts, [first, 2 * SEGMENT], prepare=_without_probes)
    found = segments.of(at_client)
    claims.starts_with_handshake(found)
    start = found[0].seq + 1
    times = [s.time for s in found if s.length and (start + first - s.seq) % (1 << 32) < s.length]
    claims.require(len(times) == 3, f"{len(times)} transmissions of the first segment, not 3")
    waits = [(b - a) / 1e9 for a, b in zip(times, times[1:])]
    claims.require(waits[0] > 0.2 and 1.7 < waits[1] / waits[0] < 2.3, f"waits {waits} do not double")
    return at_client


@sample("reordering", headers_only=True)
def reordering():
    """Segments overtaken by one, by two and by many others; the last case makes the sender repeat it for nothing."""
    acts = [Act("hold", byte=12 * SEGMENT, ms=0.4), Act("hold", byte=22 * SEGMENT, ms=0.9),
            Act("hold", byte=40 * SEGMENT, ms=35)]
    _, at_server = across(acts, [70 * SEGMENT], rate_mbit=40)
    found = segments.of(at_server)
    claims.starts_with_handshake(found)
    claims.at_least(3, claims.below_highest(found), "segments that arrive late")
    claims.at_least(1, claims.with_duplicate_sack(found), "report of a needless retransmission")
    return at_server


@sample("duplicates", headers_only=True)
def duplicates():
    """The network delivers three segments and one ACK twice: nobody sent them again."""
    acts = [Act("copy", byte=5 * SEGMENT, ms=0.1), Act("copy", byte=18 * SEGMENT, ms=3),
            Act("copy", byte=25 * SEGMENT, ms=0.1)]
    at_client, at_server = across(acts, [30 * SEGMENT])
    found = segments.of(at_server)
    claims.starts_with_handshake(found)
    again = claims.repeated(found)
    claims.exactly(3, again, "copies")
    for copy in again:
        claims.require(any(s.seq == copy.seq and s.ip_id == copy.ip_id and s.frame != copy.frame for s in found), "not a copy")
    claims.exactly(0, claims.repeated(segments.of(at_client)), "retransmissions")
    claims.at_least(3, claims.with_duplicate_sack(found), "duplicate SACK")
    return at_server


@sample("needless-retransmission", "acks-lost", headers_only=True)
def acks_lost():
    """Everything arrives, but all its ACKs are lost: the sender probes the tail, and learns that it was needless."""
    at_client, at_server = across([], [8 * SEGMENT], [Act("lose", pure_ack=n) for n in range(1, 9)])
    found = segments.of(at_client)
    claims.starts_with_handshake(found)
    claims.at_least(1, claims.repeated(found), "retransmission")
    claims.at_least(1, claims.with_duplicate_sack(found), "duplicate SACK")
    claims.exactly(len(claims.repeated(found)), claims.repeated(segments.of(at_server)), "needless ones")
    return at_client


@sample("needless-retransmission", "delay-spike", headers_only=True)
def delay_spike():
    """The path holds a whole flight back for 263 ms: the timeout fires just before the ACKs of the originals arrive."""
    first = 10 * SEGMENT
    acts = [Act("hold", byte=first + n * SEGMENT, ms=263) for n in range(6)]
    acts += [Act("hold", byte=first + 5 * SEGMENT, attempt=2, ms=223)]  # the tail loss probe
    at_client, _ = across(acts, [first, 6 * SEGMENT])
    found = segments.of(at_client)
    claims.starts_with_handshake(found)
    again = claims.repeated(found)
    claims.at_least(2, again, "retransmissions")
    start = found[0].seq + 1
    head = next(s for s in again if (s.seq - start) % (1 << 32) == first)
    answer = next(s for s in found if s.frame > head.frame and s.source != head.source)
    claims.require(answer.ack == head.end and answer.tsecr < head.tsval, "the first ACK after it is not the original's")
    claims.at_least(1, claims.with_duplicate_sack(found), "duplicate SACK")
    return at_client


@sample("needless-retransmission", "thrown-away", headers_only=True)
def thrown_away():
    """One segment is lost, and one sent just before its repair is held back until after it: by then its timestamp is
    too old, and the server throws it away. The client has to repeat both, though only one was lost. Before that the
    network doubles a segment, which the server reports: it would also say if the late one came twice."""
    lost, late = 10 * SEGMENT, 30 * SEGMENT
    acts = [Act("copy", byte=3 * SEGMENT), Act("lose", byte=lost), Act("hold", byte=late, ms=5)]
    at_client, at_server = across(acts, [50 * SEGMENT], rate_mbit=12)
    found = segments.of(at_client)
    claims.starts_with_handshake(found)
    start = found[0].seq + 1
    again = claims.repeated(found)
    claims.require([(s.seq - start) % (1 << 32) for s in again] == [lost, late], "other segments are repeated")
    claims.exactly(1, claims.with_duplicate_sack(found), "duplicate SACK")
    arrived = [s for s in segments.of(at_server) if s.length]
    repair = next(s for s in arrived if s.seq == again[0].seq)
    first = next(s for s in arrived if s.seq == again[1].seq)
    claims.require(repair.frame < first.frame and first.tsval + 1 < repair.tsval, "the first copy is not too old")
    claims.exactly(2, [s for s in arrived if s.seq == first.seq], "copies that arrive")
    return at_client
