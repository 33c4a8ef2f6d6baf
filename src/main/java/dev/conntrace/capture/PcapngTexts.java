package dev.conntrace.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Comments and names of a pcapng capture, kept to be shown. Whoever wrote the file may have put in
 * as many as they like, so there is a limit to each kind; what is over it is counted.
 */
final class PcapngTexts {
  /** The comments of one packet, in bytes. */
  static final int MAX_COMMENT_BYTES = 1000;

  /**
   * Ten thousands of packets may be held back with their comments, so what all comments together
   * may have grows with the packets: by so many bytes each, up to {@link #MAX_ALLOWANCE_BYTES}.
   */
  static final int ALLOWANCE_BYTES = 64;

  static final int MAX_ALLOWANCE_BYTES = 1 << 20;

  /** An interface's name or description, a section's option, a host's name. */
  static final int MAX_TEXT_BYTES = 255;

  static final int MAX_SECTIONS = 16;
  static final int MAX_HOST_NAMES = 4096;

  /** The names and descriptions of all interfaces of a section. */
  static final int MAX_INTERFACE_BYTES = 1 << 20;

  private static final int COMMENT = 1;
  private static final int HARDWARE = 2;
  private static final int OPERATING_SYSTEM = 3;
  private static final int APPLICATION = 4;

  private final List<Map<String, String>> sections = new ArrayList<>();
  private final Map<String, String> hostNames = new LinkedHashMap<>();
  private int interfaceBytes;
  private long allowance = MAX_ALLOWANCE_BYTES;
  private long allowedFrame;
  private long givenUp;

  /** Returns everything kept so far; packet comments are not among it. */
  CaptureTexts kept() {
    return sections.isEmpty() && hostNames.isEmpty() && givenUp == 0
        ? CaptureTexts.NONE
        : new CaptureTexts(List.copyOf(sections), hostNames, givenUp);
  }

  /** Keeps what a section header says. */
  void startSection(PcapngOptions options) {
    interfaceBytes = 0;
    Map<String, String> said = new LinkedHashMap<>();
    while (options.next()) {
      switch (options.code()) {
        case HARDWARE -> put(said, "hardware", options, MAX_TEXT_BYTES);
        case OPERATING_SYSTEM -> put(said, "os", options, MAX_TEXT_BYTES);
        case APPLICATION -> put(said, "application", options, MAX_TEXT_BYTES);
        case COMMENT -> put(said, "comment", options, MAX_COMMENT_BYTES);
        default -> {}
      }
    }
    boolean nothingNew =
        said.isEmpty() || (!sections.isEmpty() && sections.get(sections.size() - 1).equals(said));
    if (nothingNew) {
      return;
    }
    if (sections.size() == MAX_SECTIONS) {
      givenUp++;
    } else {
      sections.add(said);
    }
  }

  private void put(
      Map<String, String> said, String key, PcapngOptions options, int mostBytesOfAll) {
    String before = said.getOrDefault(key, "");
    String both = joined(before, options, mostBytesOfAll);
    if (!both.isEmpty()) {
      said.put(key, both);
    }
  }

  /**
   * Returns the comments among a packet's options, one a line; empty if there are none.
   *
   * @param frame the packet's number
   */
  String commentsAmong(PcapngOptions options, long frame) {
    String comments = "";
    while (options.next()) {
      if (options.code() == COMMENT) {
        comments = joined(comments, options, MAX_COMMENT_BYTES);
      }
    }
    return comments.isEmpty() || isAllowed(comments.length(), frame) ? comments : "";
  }

  private boolean isAllowed(int length, long frame) {
    long more = (frame - allowedFrame) * ALLOWANCE_BYTES;
    allowance = Math.min(allowance + more, MAX_ALLOWANCE_BYTES);
    allowedFrame = frame;
    if (length > allowance) {
      givenUp++;
      return false;
    }
    allowance -= length;
    return true;
  }

  /** Returns an interface's name or description; empty where there are too many of them. */
  String ofInterface(PcapngOptions option) {
    String text =
        joined("", option, Math.min(MAX_TEXT_BYTES, MAX_INTERFACE_BYTES - interfaceBytes));
    interfaceBytes += text.length();
    return text;
  }

  /** Keeps the first name of an address. */
  void nameHost(String addressHex, byte[] bytes, int at, int length) {
    if (length == 0 || hostNames.containsKey(addressHex)) {
      return;
    }
    if (hostNames.size() == MAX_HOST_NAMES) {
      givenUp++;
      return;
    }
    hostNames.put(addressHex, text(bytes, at, length, MAX_TEXT_BYTES));
  }

  /** Notes that something was left out because a limit was reached. */
  void giveUp() {
    givenUp++;
  }

  private String joined(String before, PcapngOptions option, int mostBytes) {
    int room = before.isEmpty() ? mostBytes : mostBytes - before.length() - 1;
    if (option.length() > 0 && room <= 0) {
      givenUp++;
      return before;
    }
    String text = text(option.bytes(), option.valueAt(), option.length(), room);
    return before.isEmpty() ? text : text.isEmpty() ? before : before + "\n" + text;
  }

  /**
   * Takes bytes for UTF-8; what is none becomes U+FFFD, as does the one control that JSON allows.
   */
  private String text(byte[] bytes, int at, int length, int mostBytes) {
    int end = at + Math.min(length, mostBytes);
    if (length > mostBytes) {
      givenUp++;
      // Not in the middle of a character.
      while (end > at && (bytes[end] & 0xC0) == 0x80) {
        end--;
      }
    }
    // Some programs store the zero that ends a text in C.
    while (end > at && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, at, end - at, StandardCharsets.UTF_8).replace('\u007f', '\ufffd');
  }
}
