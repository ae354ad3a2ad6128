package net.testudo.sim.traffic;

/// What every simulated packet carries as its payload.
///
/// ```
///  | magic:32 | flow:32 | number:32 | answer:32 | transmission:32 |
/// ```
///
/// @param flow number of the conversation, from 1
/// @param number of the message in it, from 0; the answer to it has the same
/// @param isAnswer whether it comes from the side that was called
/// @param transmission number of this very packet, no other has it
public record Tag(int flow, int number, boolean isAnswer, int transmission) {
    /// Its length, in octets.
    public static final int OCTETS = 20;

    static final int MAGIC = 0x7e57_1a95;
}
