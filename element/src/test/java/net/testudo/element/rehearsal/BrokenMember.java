package net.testudo.element.rehearsal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import net.testudo.element.flow.FlowCodec;
import net.testudo.element.flow.FlowMessage;
import net.testudo.element.wire.Fuzz;
import net.testudo.element.wire.RecordMutator;
import net.testudo.element.wire.cluster.ControlCodec;
import net.testudo.element.wire.cluster.ControlMessage;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.StatusMessage;

/// Changes what is inside sealed frames, as a member whose memory or program is broken: octets, and what messages say.
final class BrokenMember implements Meddler {
    private static final int STATUS = 1;
    private static final int PROBE = 2;
    private static final int CONTROL = 3;
    private static final int BULK = 4;
    /// Of a segment, and behind the octet that names the receiver.
    private static final int SEGMENT_OCTETS = 40;
    private static final int AT_FLAGS = 3;
    private static final int AT_PAYLOAD = 5;
    private static final int AT_RECORD = 1 + SEGMENT_OCTETS;
    private static final int WHOLE = 0xc000;
    private static final int RECORD_LENGTH = 0x3fff;
    private static final byte FLOW_MESSAGE = 1;

    private final Resealer resealer;
    private final RandomGenerator random;
    private final RecordMutator mutator;
    private final int permille;
    /// How many frames of each message class were changed, and in how many of them what a message says.
    final Map<Integer, Integer> changed = new TreeMap<>();
    int said;

    /// @param permille of a thousand statuses and relayed frames; of the others, which are rare, eight times as many
    BrokenMember(Resealer resealer, RandomGenerator random, int permille) {
        this.resealer = resealer;
        this.random = random;
        this.mutator = new RecordMutator(random);
        this.permille = permille;
    }

    int count() {
        return changed.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void meddle(MutatingPort port, byte[] frame, Consumer<byte[]> arrive) {
        arrive.accept(resealer.resealed(frame, port.path, this::perhapsChanged).orElse(frame));
    }

    private Optional<byte[]> perhapsChanged(int version, int messageClass, byte[] content) {
        boolean rare = messageClass == CONTROL || messageClass == BULK;
        if (random.nextInt(1000) >= (rare ? 8 * permille : permille)) {
            return Optional.empty();
        }
        changed.merge(messageClass, 1, Integer::sum);
        return Optional.of(changed(version, messageClass, content));
    }

    private byte[] changed(int version, int messageClass, byte[] content) {
        if (content.length > 1 && random.nextInt(4) > 0) {
            switch (messageClass) {
                case STATUS, PROBE -> {
                    StatusMessage status =
                            StatusMessage.parse(new OctetReader(content, 1, content.length - 1), version);
                    if (status != null) {
                        said++;
                        return joined(content, 1, mutator.mutated(status).toOctets(version), new byte[0]);
                    }
                }
                case CONTROL, BULK -> {
                    if (content.length > AT_RECORD + 2 && content[AT_FLAGS] == 1) {
                        return segment(version, messageClass, content);
                    }
                }
                default -> {
                    return Fuzz.mutated(content, 1, random);
                }
            }
        }
        return Fuzz.mutated(content, random.nextInt(2), random);
    }

    /// The segment with its first record changed, if that is a whole message.
    private byte[] segment(int version, int messageClass, byte[] content) {
        ByteBuffer octets = ByteBuffer.wrap(content);
        int head = octets.getShort(AT_RECORD) & 0xffff;
        int end = AT_RECORD + 2 + (head & RECORD_LENGTH);
        if ((head & WHOLE) != WHOLE || end > content.length) {
            return Fuzz.mutated(content, AT_RECORD + 2, random);
        }
        byte[] message = message(version, messageClass, Arrays.copyOfRange(content, AT_RECORD + 2, end));
        if (message.length > RECORD_LENGTH) {
            return Fuzz.mutated(content, AT_RECORD + 2, random);
        }
        byte[] mutant = joined(content, AT_RECORD + 2, message, Arrays.copyOfRange(content, end, content.length));
        int more = mutant.length - content.length;
        ByteBuffer.wrap(mutant)
                .putShort(AT_PAYLOAD, (short) (octets.getShort(AT_PAYLOAD) + more))
                .putShort(AT_RECORD, (short) (WHOLE | message.length));
        return mutant;
    }

    private byte[] message(int version, int messageClass, byte[] octets) {
        boolean flow = messageClass == BULK || (octets.length > 0 && octets[0] == FLOW_MESSAGE);
        int head = messageClass == BULK ? 0 : 1;
        if (octets.length <= head) {
            return Fuzz.mutated(octets, 0, random);
        }
        byte[] body = Arrays.copyOfRange(octets, head, octets.length);
        if (flow && FlowCodec.parse(body, version) instanceof FlowCodec.Message(FlowMessage message)) {
            said++;
            return joined(octets, head, FlowCodec.encode(mutator.mutated(message), version), new byte[0]);
        }
        ControlMessage control = flow ? null : ControlCodec.parse(body, version);
        if (control == null) {
            return Fuzz.mutated(octets, head, random);
        }
        said++;
        return joined(octets, head, ControlCodec.toOctets(mutator.mutated(control), version), new byte[0]);
    }

    private static byte[] joined(byte[] first, int of, byte[] second, byte[] third) {
        byte[] all = Arrays.copyOf(first, of + second.length + third.length);
        System.arraycopy(second, 0, all, of, second.length);
        System.arraycopy(third, 0, all, of + second.length, third.length);
        return all;
    }
}
