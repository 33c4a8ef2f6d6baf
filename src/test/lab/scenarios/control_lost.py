"""The network loses segments that carry no data: of the handshake, and of the close."""

import claims
import segments
from impairment import Act
from samples import sample
from segments import ACK, FIN, SYN
from transfer import across

LINE = 20  # bytes of the only message


@sample("handshake-loss", "syn-lost")
def syn_lost():
    """The first SYN is lost; the client repeats it after a second."""
    at_client, _ = across([Act("lose", flag=SYN)], [LINE])
    found = segments.of(at_client)
    claims.exactly(2, [s for s in found if s.has(SYN) and not s.has(ACK)], "SYN")
    claims.four_segment_close(found)
    return at_client


@sample("handshake-loss", "syn-ack-lost")
def syn_ack_lost():
    """The SYN+ACK is lost: client and server both repeat theirs after a second. Captured at the server."""
    _, at_server = across([], [LINE], [Act("lose", flag=SYN)])
    found = segments.of(at_server)
    claims.at_least(2, claims.with_flags(SYN | ACK, found), "SYN+ACK")
    claims.at_least(1, [s for s in found if s.has(SYN) and not s.has(ACK)], "SYN")
    claims.four_segment_close(found)
    return at_server


@sample("handshake-loss", "last-ack-lost")
def last_ack_lost():
    """The handshake's ACK is lost: the client is connected, the server is not and repeats its SYN+ACK."""
    at_client, _ = across([Act("lose", pure_ack=1)], [LINE])
    found = segments.of(at_client)
    claims.starts_with_handshake(found)
    claims.exactly(2, claims.with_flags(SYN | ACK, found), "SYN+ACK")
    claims.four_segment_close(found)
    return at_client


@sample("close-loss", "fin-lost")
def fin_lost():
    """The client's FIN is lost and repeated."""
    at_client, _ = across([Act("lose", flag=FIN)], [LINE])
    found = segments.of(at_client)
    fins = [s for s in found if s.has(FIN) and s.source == claims.client(found)]
    claims.at_least(2, fins, "FIN of the client")
    claims.require(len({s.seq for s in fins}) == 1, "not the same FIN again")
    return at_client


@sample("close-loss", "last-ack-lost")
def close_ack_lost():
    """The last ACK is lost: the server repeats its FIN, and the client, in TIME_WAIT, acknowledges it again."""
    at_client, _ = across([Act("lose", pure_ack=2)], [LINE])
    found = segments.of(at_client)
    claims.at_least(2, [s for s in found if s.has(FIN) and s.source != claims.client(found)], "FIN of the server")
    claims.require(found[-1].source == claims.client(found) and found[-1].has(ACK), "no last ACK")
    return at_client
