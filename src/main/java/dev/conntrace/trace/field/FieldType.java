package dev.conntrace.trace.field;

/** What kind of value a field holds, and so how it is compared and written. */
public enum FieldType {
  /** A whole number, as {@link Long}. */
  NUMBER("number"),
  /** Nanoseconds as {@link Long}; records hold seconds. */
  DURATION("duration"),
  /** Nanoseconds since 1970 as {@link Long}; records hold seconds as text. */
  TIME("time"),
  /** One of a known set of words, as {@link String}. */
  WORD("word"),
  /** Any text, as {@link String}. */
  TEXT("text"),
  /** Letters of the control bits in the order {@code FSRPAUECN}, as {@link String}. */
  FLAGS("flags"),
  /** Address and port, as {@link dev.conntrace.trace.TransportAddress}. */
  ADDRESS("address"),
  /** True or false, as {@link Boolean}. */
  TRUTH("true or false");

  private final String words;

  FieldType(String words) {
    this.words = words;
  }

  /** Returns the type's name for readers. */
  public String words() {
    return words;
  }
}
