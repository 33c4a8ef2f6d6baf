"""A TUN device in a namespace: what its kernel sends comes out of a file descriptor, and what is written arrives.

Each packet is an IP packet as a cable of the MTU would carry it: the kernel has cut and checksummed it before.
"""

import fcntl
import os
import struct

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
QUEUE_PACKETS = 20_000


def open_tun(host, device, address, mtu=1500):
    """A non-blocking file descriptor of a new device that is up; `address` like 10.0.0.1/24 or fd00::1/64."""
    with host.entered():
        fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", device.encode(), IFF_TUN | IFF_NO_PI))
    six = ":" in address
    host.sysctl(f"net.ipv6.conf.{device}.addr_gen_mode", 1)
    if not six:
        host.sysctl(f"net.ipv6.conf.{device}.disable_ipv6", 1)
    host.run("ip", "link", "set", device, "mtu", str(mtu), "txqueuelen", str(QUEUE_PACKETS), "multicast", "off")
    host.run("ip", "address", "add", address, "dev", device, *(["nodad"] if six else []))
    host.run("ip", "link", "set", device, "up")
    return fd
