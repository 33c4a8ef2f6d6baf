package dev.conntrace.trace;

import java.util.OptionalInt;

/**
 * A Multipath TCP option of one segment (RFC 8684 3).
 *
 * @param subtype which
 * @param version of MP_CAPABLE: which version it offers
 * @param token of MP_JOIN in a SYN: the connection that it joins
 * @param reason of MP_TCPRST: the reason's number
 */
public record MultipathOption(
    Subtype subtype, OptionalInt version, OptionalInt token, OptionalInt reason) {

  /** The subtypes by number, 0 to 8. */
  public enum Subtype {
    MP_CAPABLE("MP_CAPABLE", "offers or confirms Multipath TCP"),
    MP_JOIN("MP_JOIN", "joins one more path"),
    DSS("DSS", "places bytes in the stream that all paths carry together, or acknowledges them"),
    ADD_ADDR("ADD_ADDR", "names an address for one more path"),
    REMOVE_ADDR("REMOVE_ADDR", "takes an address back"),
    MP_PRIO("MP_PRIO", "says whether this path is only a backup"),
    MP_FAIL("MP_FAIL", "a checksum failed: something on the path changes the bytes"),
    MP_FASTCLOSE("MP_FASTCLOSE", "ends the whole connection at once, all its paths"),
    MP_TCPRST("MP_TCPRST", "says why this path is reset");

    private final String id;
    private final String words;

    Subtype(String id, String words) {
      this.id = id;
      this.words = words;
    }

    /** Returns the name that RFC 8684 gives it. */
    public String id() {
      return id;
    }

    /** Returns what its sender does with it, in plain words. */
    public String words() {
      return words;
    }
  }
}
