package dev.conntrace.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a parameter of type {@link dev.conntrace.expect.Trace}: the analysed capture of a file.
 *
 * <pre>{@code
 * @Test
 * void closesInOrder(@CaptureFile("src/test/captures/tutorial.pcap") Trace trace) {
 *   assertThat(trace).connection(1).openedByThreeWayHandshake().closedFirstBy(CLIENT);
 * }
 * }</pre>
 *
 * <p>Any capture that conntrace reads: pcap or pcapng, also compressed with gzip, zstd or lz4.
 * Works on parameters of tests, of lifecycle methods and of constructors; each gets a trace of its
 * own. A file that cannot be opened fails the test. Of one that is damaged everything before the
 * damage is there, and no expectation holds that the rest could break.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(CaptureFileExtension.class)
public @interface CaptureFile {
  /**
   * The file's path, from the folder in which the tests run: with Maven and Gradle the project's.
   * If there is none, a resource on the class path, as the test class would look it up.
   */
  String value();
}
