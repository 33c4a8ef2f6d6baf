"""A capture that was rotated while it was written, as `tcpdump -C` and `-G` do."""

import claims
import pcapfile
import segments
from impairment import Act
from samples import sample
from transfer import SEGMENT, across

BLOCKS = (14 * SEGMENT, 12 * SEGMENT)
LOST = (8 * SEGMENT, 20 * SEGMENT)  # one in each block


@sample("rotated-set", "trace-0", writes=True)
def rotated_set(path):
    """Three files of one capture at the sender, cut where it hurts: what was lost is in one file, what repeats it in the
    next. Writes trace-1 and trace-2 beside `path`."""
    at_client, _ = across([Act("lose", byte=byte) for byte in LOST], BLOCKS)
    found = segments.of(at_client)
    claims.starts_with_handshake(found)
    claims.ends_in_order(found)
    claims.exactly(2, claims.repeated(found), "retransmissions")
    start = found[0].seq + 1
    cuts = [0]
    for byte in LOST:
        first, again = [s for s in found if s.length and (start + byte - s.seq) % (1 << 32) < s.length][:2]
        claims.require(first.frame >= cuts[-1], "the losses are not one after the other")
        cuts.append(again.frame - 1)
        claims.require(again.frame - first.frame > 1, "nothing between a loss and its repair")
    cuts.append(len(at_client.frames))
    whole = pcapfile.snapped(at_client, segments.header_end(at_client))
    for number, (begin, end) in enumerate(zip(cuts, cuts[1:])):
        part = pcapfile.Capture(whole.link_type, whole.frames[begin:end], whole.snap)
        pcapfile.write(path.with_name(f"trace-{number}.pcap"), part)
