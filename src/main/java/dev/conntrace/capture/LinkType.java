package dev.conntrace.capture;

import java.util.Arrays;

/**
 * The link layers that conntrace can look inside, by their number in capture files (LINKTYPE_
 * registry, draft-ietf-opsawg-pcaplinktype).
 *
 * <p>{@link #of} answers for every number there is; what it does not know is {@link #UNKNOWN},
 * whose packets are counted and named with {@link #nameOf}.
 */
public enum LinkType {
  /** BSD loopback: four bytes of address family in the byte order of the machine that captured. */
  NULL(0),
  /** Ethernet of any speed. */
  EN10MB(1),
  /** PPP in HDLC-like framing, address and control bytes present or not. */
  PPP(9),
  /** Bare IPv4 or IPv6. */
  RAW(101),
  /** Wireless LAN frames without a radio header. */
  IEEE802_11(105),
  /** OpenBSD loopback: like {@link #NULL}, in network byte order. */
  LOOP(108),
  /** Linux "cooked" capture, 16 bytes. */
  LINUX_SLL(113),
  /** Bare IPv4. */
  IPV4(228),
  /** Bare IPv6. */
  IPV6(229),
  /** Linux "cooked" capture, version 2, 20 bytes: what {@code tcpdump -i any} writes today. */
  LINUX_SLL2(276),
  /** Every other number. */
  UNKNOWN(-1);

  /**
   * {@code DLT_RAW} where a program stored its platform's own number instead of the registry's:
   * most systems, and OpenBSD.
   */
  private static final int RAW_DLT = 12;

  private static final int RAW_DLT_OPENBSD = 14;

  private static final LinkType[] BY_NUMBER = byNumber();

  private final int number;

  LinkType(int number) {
    this.number = number;
  }

  /** Returns the number in capture files, 0 to 65535; -1 for {@link #UNKNOWN}. */
  public int number() {
    return number;
  }

  /**
   * Returns the constant for a link-layer type number as {@link Packet#linkType()} gives it, {@link
   * #UNKNOWN} where there is none.
   */
  public static LinkType of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }

  /**
   * Returns a link type in words for a message, number included: {@code IEEE802_11_RADIO (127)};
   * {@code link type 999} where it has no name here.
   */
  public static String nameOf(int number) {
    LinkType known = of(number);
    String name = known == UNKNOWN ? otherName(number) : known.name();
    return name.isEmpty() ? "link type " + number : name + " (" + number + ")";
  }

  private static String otherName(int number) {
    return switch (number) {
      case 6 -> "IEEE802_5";
      case 7 -> "ARCNET_BSD";
      case 8 -> "SLIP";
      case 10 -> "FDDI";
      case 50 -> "PPP_HDLC";
      case 51 -> "PPP_ETHER";
      case 99 -> "SYMANTEC_FIREWALL";
      case 100 -> "ATM_RFC1483";
      case 104 -> "C_HDLC";
      case 107 -> "FRELAY";
      case 117 -> "PFLOG";
      case 119 -> "IEEE802_11_PRISM";
      case 122 -> "IP_OVER_FC";
      case 127 -> "IEEE802_11_RADIO";
      case 129 -> "ARCNET_LINUX";
      case 138 -> "APPLE_IP_OVER_IEEE1394";
      case 140 -> "MTP2";
      case 141 -> "MTP3";
      case 142 -> "SCCP";
      case 143 -> "DOCSIS";
      case 144 -> "LINUX_IRDA";
      case 163 -> "IEEE802_11_AVS";
      case 165 -> "BACNET_MS_TP";
      case 166 -> "PPP_PPPD";
      case 177 -> "LINUX_LAPD";
      case 186 -> "USB_FREEBSD";
      case 187 -> "BLUETOOTH_HCI_H4";
      case 189 -> "USB_LINUX";
      case 190 -> "CAN20B";
      case 191 -> "IEEE802_15_4_LINUX";
      case 192 -> "PPI";
      case 195 -> "IEEE802_15_4_WITHFCS";
      case 197 -> "ERF";
      case 199 -> "IPMB";
      case 201 -> "BLUETOOTH_HCI_H4_WITH_PHDR";
      case 202 -> "AX25_KISS";
      case 203 -> "LAPD";
      case 204 -> "PPP_WITH_DIR";
      case 205 -> "C_HDLC_WITH_DIR";
      case 209 -> "I2C_LINUX";
      case 210 -> "FLEXRAY";
      case 212 -> "LIN";
      case 215 -> "IEEE802_15_4_NONASK_PHY";
      case 220 -> "USB_LINUX_MMAPPED";
      case 224 -> "FC_2";
      case 226 -> "IPNET";
      case 227 -> "CAN_SOCKETCAN";
      case 230 -> "IEEE802_15_4_NOFCS";
      case 231 -> "DBUS";
      case 239 -> "NFLOG";
      case 240 -> "NETANALYZER";
      case 242 -> "IPOIB";
      case 243 -> "MPEG_2_TS";
      case 245 -> "NFC_LLCP";
      case 247 -> "INFINIBAND";
      case 248 -> "SCTP";
      case 249 -> "USBPCAP";
      case 250 -> "RTAC_SERIAL";
      case 251 -> "BLUETOOTH_LE_LL";
      case 252 -> "WIRESHARK_UPPER_PDU";
      case 253 -> "NETLINK";
      case 254 -> "BLUETOOTH_LINUX_MONITOR";
      case 255 -> "BLUETOOTH_BREDR_BB";
      case 256 -> "BLUETOOTH_LE_LL_WITH_PHDR";
      case 257 -> "PROFIBUS_DP";
      case 258 -> "PKTAP";
      case 259 -> "EPON";
      case 264 -> "ISO_14443";
      case 266 -> "USB_DARWIN";
      case 270 -> "LORATAP";
      case 271 -> "VSOCK";
      case 272 -> "NORDIC_BLE";
      case 274 -> "ETHERNET_MPACKET";
      case 280 -> "VPP_DISPATCH";
      case 281 -> "DSA_TAG_BRCM";
      case 282 -> "DSA_TAG_BRCM_PREPEND";
      case 283 -> "IEEE802_15_4_TAP";
      case 284 -> "DSA_TAG_DSA";
      case 285 -> "DSA_TAG_EDSA";
      case 287 -> "Z_WAVE_SERIAL";
      case 288 -> "USB_2_0";
      case 290 -> "ETW";
      default -> number >= 147 && number <= 162 ? "USER" + (number - 147) : "";
    };
  }

  private static LinkType[] byNumber() {
    LinkType[] table = new LinkType[LINUX_SLL2.number + 1];
    Arrays.fill(table, UNKNOWN);
    for (LinkType type : values()) {
      if (type != UNKNOWN) {
        table[type.number] = type;
      }
    }
    table[RAW_DLT] = RAW;
    table[RAW_DLT_OPENBSD] = RAW;
    return table;
  }
}
