package dev.conntrace.trace;

/** How far the evidence carries a verdict. */
public enum Confidence {
  CERTAIN("certain"),
  LIKELY("likely"),
  AMBIGUOUS("ambiguous");

  private final String id;

  Confidence(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }
}
