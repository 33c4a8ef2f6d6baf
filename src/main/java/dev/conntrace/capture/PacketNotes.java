package dev.conntrace.capture;

/**
 * What a capture says of a packet beside the packet itself. Texts are as in the file, at most some
 * hundred bytes each, and may hold anything: to be escaped before they are printed.
 *
 * @param comment comments on the packet, one a line; empty if there are none
 * @param interfaceName where it was captured: the interface's name, or its number in the capture,
 *     from 0, if it has no name and is not the only one; empty if there is nothing to say
 * @param interfaceDescription more about the interface; empty if the capture has nothing
 * @param oneOfSeveral whether the capture had described more than one interface by then
 */
public record PacketNotes(
    String comment, String interfaceName, String interfaceDescription, boolean oneOfSeveral) {}
