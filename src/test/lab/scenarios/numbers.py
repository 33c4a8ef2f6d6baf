"""Sequence numbers that pass 2^32."""

import socket
import struct

import claims
import segments
from impairment import Act
from samples import sample
from sockets import TCP_REPAIR
from transfer import CUBIC, SEGMENT, across

TCP_REPAIR_QUEUE, TCP_QUEUE_SEQ = 20, 21
SEND_QUEUE = 2
BEFORE = 6  # full segments before the sequence number is 0


@sample("sequence-wrap", headers_only=True)
def sequence_wrap():
    """The client's first number is chosen (TCP_REPAIR) so that its seventh segment begins at exactly 0; that one is lost."""
    first = (1 << 32) - 1 - BEFORE * SEGMENT
    chosen = [(socket.IPPROTO_TCP, TCP_REPAIR, 1), (socket.IPPROTO_TCP, TCP_REPAIR_QUEUE, SEND_QUEUE),
              (socket.IPPROTO_TCP, TCP_QUEUE_SEQ, struct.pack("I", first)), (socket.IPPROTO_TCP, TCP_REPAIR, 0)]
    _, at_server = across([Act("lose", byte=BEFORE * SEGMENT)], [20 * SEGMENT], options=chosen + CUBIC)
    found = segments.of(at_server)
    claims.starts_with_handshake(found)
    claims.require(found[0].seq == first, "the first number is not the chosen one")
    claims.exactly(1, [s for s in found if s.length and s.seq == 0], "segments at 0")
    claims.at_least(1, [s for s in found if s.sack], "SACK")
    claims.four_segment_close(found)
    return at_server
