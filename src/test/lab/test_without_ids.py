"""How right the verdicts are on ../shared/truth once the IPv4 identifications are taken out, as if it were IPv6.

The captures are no part of this project; it says so where it has to do without them.
"""

import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest

import pcapfile
from wrap import internet_checksum

PROJECT = pathlib.Path(__file__).resolve().parents[3]
SHARED = PROJECT.parent / "shared"
SCORES = re.compile(r"POOLED rtx F1 ([\d.]+) reordered F1 ([\d.]+)")


def without_id(packet):
    """The packet with identification 0 and a checksum that fits; anything but IPv4 stays as it is."""
    if packet[0] >> 4 != 4:
        return packet
    length = 4 * (packet[0] & 15)
    header = packet[:4] + bytes(2) + packet[6:10] + bytes(2) + packet[12:length]
    return header[:10] + struct.pack(">H", internet_checksum(header)) + header[12:] + packet[length:]


def copy_without_ids(source, target):
    capture = pcapfile.read(source)
    if capture.link_type != pcapfile.RAW_IP:
        raise ValueError(f"{source}: not bare IP packets")
    for frame in capture.frames:
        frame.data = without_id(frame.data)
    pcapfile.write(target, capture, nano=True)


class WithoutIdsTest(unittest.TestCase):
    def test_checksum_is_mended(self):
        packet = bytes.fromhex("45000034c6c0400040065f670a4d00010a4d0002")
        self.assertEqual(without_id(packet).hex(), "4500003400004000400626280a4d00010a4d0002")

    def test_captures_without_identifications_are_still_judged_right(self):
        captures = sorted((SHARED / "truth").glob("*.pcap"))
        if not captures:
            print("\nNOT MEASURED without IP IDs: there is no ../shared/truth here", file=sys.stderr)
            self.skipTest("no captures")
        with tempfile.TemporaryDirectory() as folder:
            truth, verdicts = pathlib.Path(folder, "truth"), pathlib.Path(folder, "verdicts")
            truth.mkdir()
            for capture in captures:
                copy_without_ids(capture, truth / capture.name)
                tsv = capture.with_suffix(".truth.tsv")
                (truth / tsv.name).write_bytes(tsv.read_bytes())
            check = SHARED / "check"
            subprocess.run(["bash", check / "truth_verdicts.sh", PROJECT / "conntrace", truth, verdicts], check=True)
            report = subprocess.run([sys.executable, check / "truth_score.py", truth, verdicts],
                                    check=True, capture_output=True, text=True).stdout
        retransmission, reordering = map(float, SCORES.search(report).groups())
        self.assertGreaterEqual(retransmission, 0.98, report)
        self.assertGreaterEqual(reordering, 0.95, report)


if __name__ == "__main__":
    unittest.main()
