package dev.conntrace.select;

import dev.conntrace.trace.AnnotationKind;
import dev.conntrace.trace.ConnectionKey;
import dev.conntrace.trace.ConnectionReport;
import dev.conntrace.trace.SegmentSeen;
import dev.conntrace.trace.TraceSink;
import dev.conntrace.trace.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which connections and segments are wanted.
 *
 * <p>Several values of one criterion are alternatives; a connection must satisfy every criterion
 * that was given. Numbers and addresses are decided by {@link #mayInclude} when a connection opens;
 * whether it has an annotation is known only at its end.
 *
 * <p>What a {@link Where} asks may be known only when the capture has been read to its end. So
 * before each capture comes {@link #begin}, and then {@link #survey} as long as it returns
 * something that must see the capture first.
 */
public final class ConnectionSelection {
  private final NumberRanges numbers;
  private final List<AddressPattern> clients;
  private final List<AddressPattern> servers;
  private final List<Integer> ports;
  private final List<AnnotationKind> annotations;
  private @Nullable Where range;
  private @Nullable Choice choice;
  private long startNanos;

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
    this.numbers = new NumberRanges("connection", connections);
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

  /** Returns the selection that leaves nothing out. */
  public static ConnectionSelection all() {
    try {
      return new ConnectionSelection(List.of(), List.of(), List.of(), List.of(), List.of());
    } catch (SelectionException e) {
      throw new IllegalStateException("a criterion that was not given was not understood", e);
    }
  }

  /**
   * Narrows the selection further.
   *
   * @param where what must hold; null for anything
   * @param segments which segments are wanted; a connection must have one of them, and for all of
   *     what {@code where} asks the same one
   * @param choosesSegments whether {@link #includes(SegmentSeen)} will be asked, not {@link
   *     #includes(ConnectionReport)}
   * @return this
   */
  public ConnectionSelection narrow(
      @Nullable Where where, SegmentRange segments, boolean choosesSegments) {
    range = segments.where();
    Where both = where == null ? range : range == null ? where : where.and(range);
    choice = both == null ? null : new Choice(both, choosesSegments);
    return this;
  }

  /** Returns whether {@link #begin} must be told when the capture begins. */
  public boolean asksForStart() {
    return choice != null && choice.isRelative();
  }

  /**
   * Begins with a capture, and forgets the one before.
   *
   * @param captureStartNanos the time of its first packet; anything where it is not asked for
   */
  public void begin(long captureStartNanos) {
    startNanos = captureStartNanos;
    choice = choice == null ? null : choice.anew(captureStartNanos);
  }

  /**
   * Returns what must see the whole capture next, before segments and connections can be asked
   * about; null if nothing must.
   */
  public @Nullable TraceSink survey() {
    return choice == null ? null : choice.survey(this);
  }

  /** Returns whether nothing was asked for, so that everything is wanted. */
  public boolean isEmpty() {
    return numbers.isEmpty()
        && clients.isEmpty()
        && servers.isEmpty()
        && ports.isEmpty()
        && annotations.isEmpty()
        && choice == null;
  }

  /** Returns whether a connection's number can still be wanted; its addresses are not looked at. */
  public boolean mayInclude(int connection) {
    return (numbers.isEmpty() || numbers.contains(connection))
        && (choice == null || choice.mayInclude(connection));
  }

  /** Returns whether number and addresses are wanted; nothing else is looked at. */
  public boolean mayInclude(int connection, ConnectionKey key) {
    return isNamed(connection, key) && (choice == null || choice.mayInclude(connection, key));
  }

  private boolean isNamed(int connection, ConnectionKey key) {
    return mayInclude(connection)
        && (clients.isEmpty() || anyMatches(clients, key.client()))
        && (servers.isEmpty() || anyMatches(servers, key.server()))
        && (ports.isEmpty()
            || ports.contains(key.client().port())
            || ports.contains(key.server().port()));
  }

  /** Returns whether a finished connection is wanted: for annotations, whether it carries one. */
  public boolean includes(ConnectionReport report) {
    return isNamed(report.connection(), report.key())
        && (annotations.isEmpty() || carriesAnnotation(report))
        && (choice == null || choice.includes(report));
  }

  /** Returns whether a segment is wanted: for annotations, whether it carries one itself. */
  public boolean includes(SegmentSeen event) {
    return isNamed(event.connection(), event.key())
        && (annotations.isEmpty() || carriesAnnotation(event))
        && (choice == null || choice.includes(event));
  }

  /**
   * Returns whether a segment of a wanted connection is to be shown: whether it is in the range of
   * segments, if one was given.
   */
  public boolean shows(SegmentSeen event) {
    return range == null || range.condition().holds(Subject.of(event, 0, startNanos));
  }

  private boolean carriesAnnotation(ConnectionReport report) {
    for (AnnotationKind kind : annotations) {
      if (report.annotations().containsKey(kind)) {
        return true;
      }
    }
    return false;
  }

  private boolean carriesAnnotation(SegmentSeen event) {
    for (AnnotationKind kind : annotations) {
      if (event.is(kind)) {
        return true;
      }
    }
    return false;
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
