package dev.conntrace.expect;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a difference between two captures is about. Some aspects depend on when the systems happened
 * to act, and differ from run to run of the same traffic: those do not count unless asked for.
 */
public enum DiffAspect {
  CONNECTIONS("connections", "a connection that only one capture has; the server's port", true),
  OPENING("opening", "how it opened, and the options that the SYNs offer", true),
  CLOSING("closing", "how it closed, who closed first, and the states at the end", true),
  CONTENT("content", "the bytes that each side sent, and which the capture lacks", true),
  SEGMENTS("segments", "how the bytes were cut into segments", true),
  FINDINGS(
      "findings", "retransmissions, bytes out of order, zero windows and all else found", true),
  TURNS("turns", "whose bytes came before whose: who waited for an answer", false),
  ACKS("acks", "how often and when data was acknowledged, whether a FIN carried the ACK", false),
  WINDOWS("windows", "the windows that each side announced", false),
  TIMES("times", "when segments came; counted with a tolerance", false);

  private final String id;
  private final String words;
  private final boolean isDeterministic;

  DiffAspect(String id, String words, boolean isDeterministic) {
    this.id = id;
    this.words = words;
    this.isDeterministic = isDeterministic;
  }

  /** Returns the word that options and records use. */
  public String id() {
    return id;
  }

  /** Returns what it covers. */
  public String words() {
    return words;
  }

  /** Returns the aspects in which two runs of the same traffic are equal. */
  public static Set<DiffAspect> deterministic() {
    Set<DiffAspect> aspects = EnumSet.noneOf(DiffAspect.class);
    for (DiffAspect aspect : values()) {
      if (aspect.isDeterministic) {
        aspects.add(aspect);
      }
    }
    return aspects;
  }

  /** Returns the aspect of this id, or null if there is none. */
  public static @Nullable DiffAspect ofId(String id) {
    for (DiffAspect aspect : values()) {
      if (aspect.id.equals(id)) {
        return aspect;
      }
    }
    return null;
  }

  /** Returns the ids of all. */
  public static List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (DiffAspect aspect : values()) {
      ids.add(aspect.id);
    }
    return ids;
  }
}
