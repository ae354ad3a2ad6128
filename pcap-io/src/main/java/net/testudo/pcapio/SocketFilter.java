package net.testudo.pcapio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import net.testudo.element.net.MacAddress;

/// A program of the kernel's packet filter (classic BPF, `linux/filter.h`) that a socket applies before a frame costs
/// anything: frames of some EtherTypes, or all, but none from the port's own address.
final class SocketFilter {
    /// `struct sock_filter`: what to do, how far to jump if so and if not, an operand.
    private static final int INSTRUCTION_OCTETS = 8;

    private static final int PROGRAM_OCTETS = 16;
    private static final int INSTRUCTIONS_MAX = 16;

    private static final int LOAD_WORD = 0x20;
    private static final int LOAD_HALF = 0x28;
    private static final int JUMP_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    private static final int WHOLE_FRAME = -1;
    private static final int NOTHING = 0;

    private static final int SOURCE_HIGH = 6;
    private static final int SOURCE_LOW = 8;
    private static final int ETHER_TYPE = 12;

    private final MemorySegment instructions;
    private int count;

    private SocketFilter(Arena arena) {
        instructions = arena.allocate((long) INSTRUCTIONS_MAX * INSTRUCTION_OCTETS, 8);
    }

    /// The value of the option `SO_ATTACH_FILTER`.
    ///
    /// @param own frames from this address are left out
    static MemorySegment program(Traffic traffic, MacAddress own, Arena arena) {
        SocketFilter filter = new SocketFilter(arena);
        List<Integer> etherTypes = traffic.etherTypes();
        filter.add(LOAD_WORD, SOURCE_LOW);
        filter.add(JUMP_EQUAL, 0, 3, (int) own.bits());
        filter.add(LOAD_HALF, SOURCE_HIGH);
        filter.add(JUMP_EQUAL, 0, 1, (int) (own.bits() >>> Integer.SIZE));
        filter.add(RETURN, NOTHING);
        if (!etherTypes.isEmpty()) {
            filter.add(LOAD_HALF, ETHER_TYPE);
            for (int i = 0; i < etherTypes.size(); i++) {
                filter.add(JUMP_EQUAL, etherTypes.size() - i, 0, etherTypes.get(i));
            }
            filter.add(RETURN, NOTHING);
        }
        filter.add(RETURN, WHOLE_FRAME);
        MemorySegment program = arena.allocate(PROGRAM_OCTETS, 8);
        program.set(JAVA_SHORT, 0, (short) filter.count);
        program.set(ADDRESS, 8, filter.instructions);
        return program;
    }

    private void add(int code, int operand) {
        add(code, 0, 0, operand);
    }

    private void add(int code, int jumpIf, int jumpElse, int operand) {
        long offset = (long) count++ * INSTRUCTION_OCTETS;
        instructions.set(JAVA_SHORT, offset, (short) code);
        instructions.set(JAVA_BYTE, offset + 2, (byte) jumpIf);
        instructions.set(JAVA_BYTE, offset + 3, (byte) jumpElse);
        instructions.set(JAVA_INT, offset + 4, operand);
    }
}
