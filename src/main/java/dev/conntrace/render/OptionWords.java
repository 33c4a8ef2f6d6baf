package dev.conntrace.render;

import dev.conntrace.trace.Handshake;
import dev.conntrace.trace.Handshake.InForce;
import dev.conntrace.trace.Handshake.Offer;

/** Says what the two SYNs offered, and what holds because of it. */
final class OptionWords {
  private OptionWords() {}

  /** Returns both offers. */
  static String offers(Handshake handshake) {
    if (!handshake.client().seen() || !handshake.server().seen()) {
      return offerOrUnknown("client", handshake.client())
          + "; "
          + offerOrUnknown("server", handshake.server());
    }
    String client = offer(handshake.client());
    String server = offer(handshake.server());
    return client.equals(server)
        ? "both offer " + client
        : "the client offers " + client + "; the server answers with " + server;
  }

  /** Returns what both sides may use, and what is missing for the lack of an offer. */
  static String inForce(InForce force) {
    StringBuilder text = new StringBuilder();
    if (force.clientMssBytes() == force.serverMssBytes()) {
      text.append("at most ").append(force.clientMssBytes()).append(" bytes a segment");
    } else {
      text.append("at most ")
          .append(force.clientMssBytes())
          .append(" bytes a segment from the client, ");
      text.append(force.serverMssBytes()).append(" from the server");
    }
    text.append("; ").append(scale(force));
    text.append(force.sack() ? "; SACK" : "; no SACK");
    text.append(force.timestamps() ? "; timestamps" : "; no timestamps");
    if (!force.ecn().equals("none")) {
      text.append("; ").append(ecn(force.ecn()));
    }
    return text.toString();
  }

  private static String scale(InForce force) {
    int client = 1 << force.clientWindowScale();
    int server = 1 << force.serverWindowScale();
    if (client == 1 && server == 1) {
      return "windows not scaled";
    }
    return client == server
        ? "windows times " + client
        : "windows times " + client + " (client) and " + server + " (server)";
  }

  private static String offerOrUnknown(String side, Offer offer) {
    return offer.seen()
        ? "the " + side + " offers " + offer(offer)
        : "no SYN of the " + side + " was captured";
  }

  private static String offer(Offer offer) {
    StringBuilder text = new StringBuilder();
    if (offer.mssBytes().isPresent()) {
      add(text, "MSS " + offer.mssBytes().getAsInt());
    }
    if (offer.windowScale().isPresent()) {
      add(text, "window scale " + offer.windowScale().getAsInt());
    }
    if (offer.sack()) {
      add(text, "SACK");
    }
    if (offer.timestamps()) {
      add(text, "timestamps");
    }
    if (!offer.ecn().equals("none")) {
      add(text, ecn(offer.ecn()));
    }
    if (!offer.fastOpen().equals("none")) {
      add(
          text,
          offer.fastOpen().equals("request")
              ? "asks for a Fast Open cookie"
              : "a Fast Open cookie");
    }
    return text.length() == 0 ? "no options" : text.toString();
  }

  private static String ecn(String id) {
    return id.equals("accecn") ? "accurate ECN" : "ECN";
  }

  private static void add(StringBuilder list, String item) {
    list.append(list.length() == 0 ? "" : ", ").append(item);
  }
}
