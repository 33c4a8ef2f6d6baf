package dev.conntrace.cli;

import dev.conntrace.capture.live.LiveCapture.Way;
import dev.conntrace.capture.live.LiveException;
import dev.conntrace.capture.live.LiveOptions;
import dev.conntrace.capture.live.WantedTraffic;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that say how packets are captured. */
final class LiveSettings {
  private static final String INTERFACE = "-i";
  private static final String WAY = "--via";
  private static final String SNAP = "--snap";
  private static final String BUFFER = "--buffer";
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kKmMgG]?)(?:[iI]?[bB])?");
  private static final int HIGHEST_PORT = 65_535;
  private static final long LARGEST_BUFFER = 1L << 30;

  private LiveSettings() {}

  /** Adds the options that every live command has. */
  static void define(CommandSpec spec) {
    spec.addOption(
        OptionSpecs.value(
                "BYTES",
                "How much of each packet is kept (default: all of it); 128 is enough for headers.",
                SNAP)
            .build());
    spec.addOption(
        OptionSpecs.value("BYTES", "The kernel's buffer, as in 64M (default 16M).", BUFFER)
            .build());
    spec.addOption(
        OptionSpecs.value(
                "WAY",
                "Through libpcap or packet-socket (Linux); without it, whichever is there, libpcap"
                    + " first.",
                WAY)
            .completionCandidates(List.of("libpcap", "packet-socket"))
            .build());
  }

  /** Returns whether a command captures: nobody wants to page through what is still happening. */
  static boolean areDefined(ParseResult words) {
    return words.commandSpec().findOption(SNAP) != null;
  }

  /** Adds the options that choose interface and traffic. */
  static void defineTraffic(CommandSpec spec) {
    defineInterface(spec, "loopback");
    spec.addOption(
        OptionSpecs.values("PORT", "Only packets from or to this port.", "--port").build());
    spec.addOption(
        OptionSpecs.values("HOST", "Only packets from or to this address or name.", "--host")
            .build());
    defineFilter(spec);
  }

  /**
   * Adds the option that chooses the interface.
   *
   * @param usual which one it is without it
   */
  static void defineInterface(CommandSpec spec, String usual) {
    spec.addOption(
        OptionSpecs.value(
                "IFACE",
                "The interface (default: "
                    + usual
                    + "); 'any' for all. See 'conntrace interfaces'.",
                INTERFACE,
                "--interface")
            .build());
  }

  /** Adds the option that narrows it by libpcap's means. */
  static void defineFilter(CommandSpec spec) {
    spec.addOption(
        OptionSpecs.value(
                "BPF",
                "Only what passes a filter in libpcap's language, as in 'net 10'.",
                "--filter")
            .build());
  }

  /** Returns the interface that was asked for, or the usual one. */
  static String device(ParseResult words, Usual usual) throws LiveException, UsageException {
    OptionSpec option = words.matchedOption(INTERFACE);
    if (option == null) {
      return usual.device();
    }
    if (option.stringValues().size() > 1) {
      throw new UsageException(
          INTERFACE + " is one interface, or 'any' for all, not " + option.stringValues());
    }
    return option.getValue();
  }

  /** Knows the interface that is meant where none is named. */
  interface Usual {
    String device() throws LiveException;
  }

  /** Returns the way that was asked for; null if none was. */
  static @Nullable Way way(ParseResult words) throws UsageException {
    String word = OptionSpecs.valueOf(words, WAY, "");
    return switch (word) {
      case "" -> null;
      case "libpcap" -> Way.LIBPCAP;
      case "packet-socket" -> Way.PACKET_SOCKET;
      default -> throw new UsageException(WAY + " is libpcap or packet-socket, not '" + word + "'");
    };
  }

  /** Reads back what is to be captured on an interface. */
  static LiveOptions options(ParseResult words, String device, WantedTraffic wanted)
      throws UsageException {
    boolean filtered = words.commandSpec().findOption("--filter") != null;
    return new LiveOptions(
        device,
        (int) size(words, SNAP, LiveOptions.WHOLE_PACKETS, LiveOptions.WHOLE_PACKETS),
        (int) size(words, BUFFER, LiveOptions.USUAL_BUFFER, LARGEST_BUFFER),
        wanted,
        filtered && words.hasMatchedOption("--filter")
            ? OptionSpecs.valueOf(words, "--filter", "")
            : null);
  }

  /** Reads back which traffic is wanted. */
  static WantedTraffic traffic(ParseResult words) throws UsageException {
    List<Integer> ports = new ArrayList<>();
    for (String port : OptionSpecs.valuesOf(words, "--port")) {
      ports.add(port("--port", port));
    }
    List<InetAddress> hosts = new ArrayList<>();
    for (String host : OptionSpecs.valuesOf(words, "--host")) {
      try {
        if (host.isBlank()) {
          // To Java that is the loopback address.
          throw new UnknownHostException(host);
        }
        hosts.addAll(List.of(InetAddress.getAllByName(host)));
      } catch (UnknownHostException e) {
        throw new UsageException("--host: there is no address for '" + host + "'");
      }
    }
    return new WantedTraffic(ports, hosts);
  }

  /** Returns the port that an option was given. */
  static int port(String option, String text) throws UsageException {
    int port = CommonOptions.positive(option, text);
    if (port > HIGHEST_PORT) {
      throw new UsageException(option + " is a port from 1 to 65535, not " + port);
    }
    return port;
  }

  private static long size(ParseResult words, String option, long usual, long most)
      throws UsageException {
    if (!words.hasMatchedOption(option)) {
      return usual;
    }
    String text = OptionSpecs.valueOf(words, option, "");
    Matcher size = SIZE.matcher(text);
    if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
      throw new UsageException(
          option + " is a number of bytes, as in 128 or 64M, not '" + text + "'");
    }
    int shift =
        switch (size.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          default -> 0;
        };
    return Math.min(most, Long.parseLong(size.group(1)) << shift);
  }
}
