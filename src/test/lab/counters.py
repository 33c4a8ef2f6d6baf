"""What the kernel itself counts: of one connection (TCP_INFO) and of a whole network namespace (/proc/net/netstat)."""

import socket
import struct

# Offsets in struct tcp_info (include/uapi/linux/tcp.h); they never change, fields are only added behind.
_INFO = {"congestion_state": (1, "B"), "probes": (3, "B"), "unacked": (24, "I"), "rtt_us": (68, "I"),
         "ssthresh": (76, "I"), "cwnd": (80, "I"), "notsent_bytes": (144, "I"), "min_rtt_us": (148, "I"),
         "busy_time_us": (168, "Q"), "rwnd_limited_us": (176, "Q"), "sndbuf_limited_us": (184, "Q"),
         "snd_wnd": (228, "I")}

COUNTED = ("TCPToZeroWindowAdv", "TCPFromZeroWindowAdv", "TCPWantZeroWindowAdv", "TCPWinProbe", "TCPKeepAlive",
           "TCPTimeouts", "TCPZeroWindowDrop")


def tcp_info(sock):
    """What `ss -tinm` shows of a socket, by name."""
    data = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 512)
    return {name: struct.unpack_from(form, data, at)[0] for name, (at, form) in _INFO.items()}


def netstat(host):
    """What `nstat -az` shows of a namespace, as far as windows and probes go. They count from 0 in a new namespace."""
    with host.entered(), open("/proc/thread-self/net/netstat") as lines:
        names, values = [line.split()[1:] for line in lines if line.startswith("TcpExt:")]
    counted = dict(zip(names, map(int, values)))
    return {name: counted[name] for name in COUNTED}
