"""A million bytes cut into segments."""

import claims
import segments
from impairment import Smooth
from namespaces import two_hosts
from path import Path
from samples import sample
from sockets import Background, connect, listen, receive

BYTES = 1_000_000


@sample("one-megabyte", headers_only=True)
def one_megabyte():
    """Across a clean path of 10 ms one way and 100 Mbit/s, captured at the receiver: 691 segments of at most 1448."""
    with two_hosts() as (left, right), Path(left, right, (Smooth(10),), (Smooth(10),), rate_mbit=100) as path:
        with path.record_server() as at_server:
            with listen(right, path.server_address) as listener:
                client = connect(left, path.server_address)
                server, _ = listener.accept()
            with Background(receive, server, BYTES):
                client.sendall(bytes(BYTES))
            client.close()
            server.close()
            path.wait_until_quiet()
    found = segments.of(at_server.capture())
    claims.starts_with_handshake(found)
    claims.ends_in_order(found)
    claims.exactly(0, claims.repeated(found), "retransmissions")
    claims.require(sum(s.length for s in found) == BYTES, "not a million bytes")
    claims.require(max(s.length for s in found) == 1448, "segments larger than 1448 bytes")
    return at_server.capture()
