package dev.conntrace.select;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TransportAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Which connections and segments are wanted.
 *
 * <p>Several values of one criterion are alternatives; a connection must satisfy every criterion
 * that was given. Numbers and addresses are decided by {@link #mayInclude} when a connection opens;
 * whether it has an annotation is known only at its end.
 */
public final class ConnectionSelection {
  private final NumberRanges numbers;
  private final List<AddressPattern> clients;
  private final List<AddressPattern> servers;
  private final List<Integer> ports;
  private final List<AnnotationKind> annotations;

  /**
   * Reads a selection from the words of its criteria; an empty list is a criterion not given.
   *
   * @param connections connection numbers: {@code 3}, {@code 1,4}, {@code 7-9}
   * @param clients addresses of the client side
   * @param servers addresses of the server side
   * @param ports ports of either side
   * @param annotations ids of annotations
   * @throws SelectionException if one cannot be understood
   */
  public ConnectionSelection(
      List<String> connections,
      List<String> clients,
      List<String> servers,
      List<String> ports,
      List<String> annotations)
      throws SelectionException {
    this.numbers = new NumberRanges(connections);
    this.clients = patterns(clients);
    this.servers = patterns(servers);
    this.ports = new ArrayList<>(ports.size());
    for (String port : ports) {
      this.ports.add(AddressPattern.port(port));
    }
    this.annotations = new ArrayList<>(annotations.size());
    for (String id : annotations) {
      this.annotations.add(AnnotationNames.parse(id));
    }
  }

  /** Returns whether nothing was asked for, so that everything is wanted. */
  public boolean isEmpty() {
    return numbers.isEmpty()
        && clients.isEmpty()
        && servers.isEmpty()
        && ports.isEmpty()
        && annotations.isEmpty();
  }

  /** Returns whether a connection's number can still be wanted; its addresses are not looked at. */
  public boolean mayInclude(int connection) {
    return numbers.isEmpty() || numbers.contains(connection);
  }

  /** Returns whether number and addresses are wanted; annotations are not looked at. */
  public boolean mayInclude(int connection, ConnectionKey key) {
    return mayInclude(connection)
        && (clients.isEmpty() || anyMatches(clients, key.client()))
        && (servers.isEmpty() || anyMatches(servers, key.server()))
        && (ports.isEmpty()
            || ports.contains(key.client().port())
            || ports.contains(key.server().port()));
  }

  /** Returns whether a finished connection is wanted: for annotations, whether it carries one. */
  public boolean includes(ConnectionReport report) {
    if (!mayInclude(report.connection(), report.key())) {
      return false;
    }
    for (AnnotationKind kind : annotations) {
      if (report.annotations().containsKey(kind)) {
        return true;
      }
    }
    return annotations.isEmpty();
  }

  /** Returns whether a segment is wanted: for annotations, whether it carries one itself. */
  public boolean includes(SegmentSeen event) {
    if (!mayInclude(event.connection(), event.key())) {
      return false;
    }
    for (AnnotationKind kind : annotations) {
      if (event.is(kind)) {
        return true;
      }
    }
    return annotations.isEmpty();
  }

  private static List<AddressPattern> patterns(List<String> words) throws SelectionException {
    List<AddressPattern> patterns = new ArrayList<>(words.size());
    for (String word : words) {
      patterns.add(AddressPattern.parse(word));
    }
    return patterns;
  }

  private static boolean anyMatches(List<AddressPattern> patterns, TransportAddress address) {
    for (AddressPattern pattern : patterns) {
      if (pattern.matches(address)) {
        return true;
      }
    }
    return false;
  }
}
