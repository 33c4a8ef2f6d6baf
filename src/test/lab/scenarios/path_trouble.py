"""What a network does to segments: loses, overtakes, doubles. Real kernels at both ends, `path.Path` between them.

The path has 10 ms one way. Each scenario says which bytes of the stream meet what, so it is the same every time.
"""

import functools
import socket
import time

import claims
import segments
from impairment import Act, Scripted
from namespaces import two_hosts
from path import Path
from samples import sample
from segments import FIN
from sockets import Background, connect, listen, receive

SEGMENT = 1448
CUBIC = [(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"cubic")]
ONE_WAY_MS = 10


def across(acts, blocks, back_acts=(), rate_mbit=None):
    """(client's capture, server's capture) of a transfer from client to server.

    `acts` strike what the client sends, `back_acts` what the server sends. `blocks` are byte counts: each is read
    by the server before the client sends the next, and 50 ms pass between them.
    """
    forward, backward = Scripted(ONE_WAY_MS, acts), Scripted(ONE_WAY_MS, back_acts)
    with two_hosts() as (left, right), Path(left, right, (forward,), (backward,), rate_mbit) as path:
        with path.record_client() as at_client, path.record_server() as at_server:
            with listen(right, path.server_address) as listener:
                client = connect(left, path.server_address, options=CUBIC)
                server, _ = listener.accept()
            for count in blocks:
                with Background(receive, server, count):
                    client.sendall(bytes(count))
                time.sleep(0.05)
            client.close()
            time.sleep(0.08)
            server.close()
            path.wait_until_quiet()
    claims.require(not forward.undone() + backward.undone(), f"not struck: {forward.undone() + backward.undone()}")
    for recorder in (at_client, at_server):
        found = segments.of(recorder.capture())
        claims.starts_with_handshake(found)
        claims.exactly(0, claims.with_flags(segments.RST, found), "RST")
        claims.at_least(2, claims.with_flags(FIN, found), "FIN")
    return at_client.capture(), at_server.capture()


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
    claims.exactly(8, claims.repeated(found), "retransmissions")
    claims.exactly(0, claims.repeated(segments.of(at_server)), "segments that the receiver had")
    start = found[0].seq + 1
    for byte, quickest, slowest in ((second + 2 * SEGMENT, 0.035, 0.09), (third, 0.2, 0.5)):
        first, again = [s for s in found if s.length and (start + byte - s.seq) % (1 << 32) < s.length][:2]
        claims.require(quickest < (again.time - first.time) / 1e9 < slowest, f"byte {byte} is repeated at another time")
    return at_client, at_server


@sample("loss", "loss-at-sender", headers_only=True)
def loss_at_sender():
    return lossy_run()[0]


@sample("loss", "loss-at-receiver", headers_only=True)
def loss_at_receiver():
    return lossy_run()[1]


@sample("reordering", headers_only=True)
def reordering():
    """Segments overtaken by one, by two and by many others; the last case makes the sender repeat it for nothing."""
    acts = [Act("hold", byte=12 * SEGMENT, ms=0.4), Act("hold", byte=22 * SEGMENT, ms=0.9),
            Act("hold", byte=40 * SEGMENT, ms=35)]
    _, at_server = across(acts, [70 * SEGMENT], rate_mbit=40)
    found = segments.of(at_server)
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
    again = claims.repeated(found)
    claims.exactly(3, again, "copies")
    for copy in again:
        claims.require(any(s.seq == copy.seq and s.ip_id == copy.ip_id and s.frame != copy.frame for s in found), "not a copy")
    claims.exactly(0, claims.repeated(segments.of(at_client)), "retransmissions")
    claims.at_least(3, claims.with_duplicate_sack(found), "duplicate SACK")
    return at_server
