package dev.conntrace.expect;

/**
 * Where an expectation was written.
 *
 * @param file the file of rules; empty where it was written elsewhere
 * @param line the line, from 1; 0 where there is no file
 * @param name what the file calls it; empty where it has no name
 */
public record Origin(String file, int line, String name) {
  /** On the command line or in Java. */
  public static final Origin DIRECT = new Origin("", 0, "");
}
