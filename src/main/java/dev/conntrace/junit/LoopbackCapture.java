package dev.conntrace.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On a parameter of type {@link LiveTrace} of a test: what passes on the loopback interface while
 * the test runs. The capture runs before the first of the test's code, {@code @BeforeEach} methods
 * included, and ends when the test asks for the {@linkplain LiveTrace#trace trace}, or after it.
 *
 * <pre>{@code
 * @Test
 * void asksOnce(@LoopbackCapture(port = 6573) LiveTrace live) {
 *   new Client("localhost", 6573).ask("How are you?");
 *   assertThat(live.trace()).connection(1).openedByThreeWayHandshake().hasNo(RETRANSMISSION);
 * }
 * }</pre>
 *
 * <p>Each test has a capture of its own, also where tests run in parallel; those that share a port
 * see each other's traffic. If the test fails, its packets are kept in {@code target/conntrace} (or
 * where the configuration parameter {@value #FOLDER} says), named after class and method, and the
 * failure tells where.
 *
 * <p>Capturing needs the capability {@code CAP_NET_RAW} on Linux: run as root, in a container with
 * {@code --cap-add NET_RAW}, or with {@code setpriv --inh-caps=+net_raw --ambient-caps=+net_raw}.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(LoopbackCaptureExtension.class)
public @interface LoopbackCapture {
  /** The configuration parameter that names the folder for what failed tests captured. */
  String FOLDER = "conntrace.folder";

  /**
   * The configuration parameter that says {@code fail} or {@code skip} for all tests that leave it
   * open what happens where capturing is not permitted.
   */
  String NOT_PERMITTED = "conntrace.not-permitted";

  /**
   * The ports whose packets are captured, of whichever side; without any, all of the interface. A
   * server that lets the system choose its port says it too late: capture all, and keep to it with
   * {@link LiveTrace#trace(int)}.
   */
  int[] port() default {};

  /** Whether only headers are kept, and no payload: what the test exchanges stays in the test. */
  boolean headersOnly() default false;

  /** How long no packet may have come, in milliseconds, before the capture ends. */
  int settleMillis() default 100;

  /** What happens where capturing is not permitted or not possible. */
  WhereNotPermitted whereNotPermitted() default WhereNotPermitted.AS_CONFIGURED;

  /** What a test does that cannot capture. */
  enum WhereNotPermitted {
    /** What the configuration parameter {@value #NOT_PERMITTED} says; without it, it fails. */
    AS_CONFIGURED,
    /** It fails, and says what to do. */
    FAIL,
    /** It is skipped, and says why. */
    SKIP
  }
}
