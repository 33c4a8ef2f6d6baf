package dev.conntrace.expect;

import java.util.List;

/**
 * Where an expectation does not hold.
 *
 * @param expectation what was expected, in the words of rules
 * @param field the name of the fact
 * @param expected what it must be, in words
 * @param actual what it is, in words
 * @param connection the connection's number; 0 where it is about the capture
 * @param addresses who talks to whom there: {@code 127.0.0.1:40276 -> 127.0.0.1:6573}; empty where
 *     it is about the capture
 * @param frame the frame that shows it best; 0 if none does
 * @param lines the connection's segments around that frame in segment notation, that one marked
 */
public record Violation(
    String expectation,
    String field,
    String expected,
    String actual,
    int connection,
    String addresses,
    long frame,
    List<String> lines) {}
