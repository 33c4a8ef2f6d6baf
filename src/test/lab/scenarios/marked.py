"""Explicit congestion notification: a router marks packets instead of dropping them, and the sender slows down.

The mark is set by nftables at the client's way out, on one of twenty packets with data.
"""

import claims
from samples import sample
from transfer import SEGMENT, across

CE = 3
ECE, CWR = 0x40, 0x80


def agree_and_mark(left, right):
    for host in (left, right):
        host.sysctl("net.ipv4.tcp_ecn", 1)
    left.run("nft", "add table ip lab; add chain ip lab out { type filter hook postrouting priority 0; };"
             "add rule ip lab out ip ecn ect0 ip length > 1000 numgen inc mod 20 == 17 ip ecn set ce")


@sample("ecn", headers_only=True)
def ecn():
    """Classic ECN (RFC 3168): CE from the network, ECE from the receiver until the sender answers with CWR."""
    _, at_server = across([], [90 * SEGMENT], prepare=agree_and_mark)
    claims.at_least(2, [f for f in at_server.frames if f.data[1] & 3 == CE], "packets marked CE")
    flags = [f.data[33] for f in at_server.frames]
    claims.require(flags[0] & (ECE | CWR) == ECE | CWR, "the SYN does not ask for ECN")
    claims.at_least(2, [f for f in flags[2:] if f & ECE], "ECE")
    claims.at_least(1, [f for f in flags[2:] if f & CWR], "CWR")
    return at_server
