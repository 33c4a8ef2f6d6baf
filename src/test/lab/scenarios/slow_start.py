"""The first round trips of a transfer across a long path."""

import claims
import segments
from impairment import Smooth
from namespaces import two_hosts
from path import Path
from samples import sample
from sockets import Background, connect, listen, receive

BYTES = 150_000
ROUND_TRIP_MS = 100
NANOS_PER_MS = 1_000_000


@sample("slow-start", headers_only=True)
def slow_start():
    """Across a clean path of 50 ms one way, captured at the sender: flights of 10, 20, 40 segments, a round trip apart."""
    one_way = ROUND_TRIP_MS // 2
    with two_hosts() as (left, right), Path(left, right, (Smooth(one_way),), (Smooth(one_way),), rate_mbit=1000) as path:
        with path.record_client() as at_client:
            with listen(right, path.server_address) as listener:
                client = connect(left, path.server_address)
                server, _ = listener.accept()
            with Background(receive, server, BYTES):
                client.sendall(bytes(BYTES))
            client.close()
            claims.require(server.recv(1) == b"", "more than all bytes")
            server.close()
            path.wait_until_quiet()
    found = segments.of(at_client.capture())
    claims.starts_with_handshake(found)
    claims.ends_in_order(found)
    claims.exactly(0, claims.repeated(found), "retransmissions")
    claims.require(sum(s.length for s in found) == BYTES, "not all bytes")
    flights = flight_sizes([s for s in found if s.length > 0])
    claims.require(flights[:3] == [10, 20, 40], f"flights of {flights}")
    return at_client.capture()


def flight_sizes(data):
    """How many segments went out in each round trip: pauses of half a round trip lie between them."""
    sizes, last = [], None
    for segment in data:
        if last is None or segment.time - last > ROUND_TRIP_MS * NANOS_PER_MS / 2:
            sizes.append(0)
        sizes[-1] += 1
        last = segment.time
    return sizes
