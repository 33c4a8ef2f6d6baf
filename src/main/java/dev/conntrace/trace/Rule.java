package dev.conntrace.trace;

/**
 * The rule that led to a verdict, and the sentence that says so. Each analyzer has constants of its
 * own.
 *
 * <p>A template holds words and places in braces, filled by {@link Annotation#text}:
 *
 * <ul>
 *   <li>{@code {sender}}, {@code {receiver}}: {@code client} or {@code server}
 *   <li>{@code {range}}: what the segment occupies: {@code bytes 1-10}, {@code the SYN}, {@code the
 *       FIN}
 *   <li>{@code {frame}}, {@code {frame2}} to {@code {frame4}}: the evidence, as {@code frame 12}
 *   <li>{@code {1}} to {@code {4}}: the verdict's values as plain numbers; {@code {1:time}} as a
 *       duration from nanoseconds, {@code {1:bytes}} as a number of bytes, {@code {1:tenths}} as
 *       one with a decimal
 * </ul>
 *
 * @param id the rule's name in records: {@code seen-before}
 * @param template the sentence, without a full stop, that tells a reader what happened and why
 */
public record Rule(String id, String template) {}
