package dev.conntrace.trace;

import java.util.Locale;

/** How the state that the kernel has compares with the one that the segments prove. */
public enum KernelAgreement {
  /** Both are the same. */
  AGREES,
  /** The kernel knows already what a later segment will prove. */
  AHEAD,
  /** The kernel has not taken in yet what the capture shows. */
  BEHIND,
  /** They differ, and that is how this kernel does it. */
  EXPLAINED,
  /** They differ, and nothing explains it. */
  CONTRADICTS;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** Returns the word that records use. */
  public String id() {
    return id;
  }
}
