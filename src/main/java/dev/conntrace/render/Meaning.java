package dev.conntrace.render;

/** Why a piece of text is coloured. The text says the same without the colour. */
public enum Meaning {
  /** A heading. */
  TITLE,
  /** The client, or something that it sent. */
  CLIENT,
  /** The server, or something that it sent. */
  SERVER,
  /** As it should be: a handshake completed, a close in order. */
  GOOD,
  /** Worth knowing, but harmless. */
  NOTICE,
  /** Something went wrong and TCP dealt with it: a loss, a full window. */
  WARNING,
  /** The connection failed, was torn down, or contradicts itself. */
  ERROR,
  /** A state of an endpoint. */
  STATE,
  /** The number of a frame that the reader can look up. */
  FRAME,
  /** Payload, as escaped text. */
  PAYLOAD,
  /** Background: column titles, times, explanations that need not be read twice. */
  DIM
}
