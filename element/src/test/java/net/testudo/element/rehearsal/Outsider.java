package net.testudo.element.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.wire.Fuzz;
import net.testudo.element.wire.cluster.DiscoveryMessage;

/// Hears all, holds no key, and sends on all ports: cluster frames mutated, made up, and repeated. Each has to be
/// counted under one reason, but for discovery messages, which anybody may send.
final class Outsider implements Meddler {
    private static final int KEPT = 256;
    private static final int FRAMES_AT_ONCE = 8;
    private static final int DISCOVERY = 1;
    private static final int TYPES = 6;
    private static final int HANDSHAKE = 2;
    private static final int HANDSHAKE_VERSION = 2;
    private static final int HANDSHAKE_HEADER_OCTETS = 30;

    private final FuzzedCluster cluster;
    private final RandomGenerator random;
    /// Frames that arrived at each port: what is repeated there is old there.
    private final Map<String, List<byte[]>> heardAt = new TreeMap<>();
    /// Frames by the reason for which they were dropped.
    final Map<String, Long> dropped = new TreeMap<>();
    int count;

    Outsider(FuzzedCluster cluster, RandomGenerator random) {
        this.cluster = cluster;
        this.random = random;
    }

    @Override
    public void meddle(MutatingPort port, byte[] frame, Consumer<byte[]> arrive) {
        if (!Meddler.isCluster(frame)) {
            arrive.accept(frame);
            return;
        }
        List<byte[]> heard = heardAt.computeIfAbsent(port.device + " " + port.path, _ -> new ArrayList<>());
        boolean before = random.nextBoolean();
        if (!before) {
            arrive.accept(frame);
        }
        for (int i = random.nextInt(FRAMES_AT_ONCE); i >= 0; i--) {
            send(port, forged(port, frame, heard), frame, arrive);
        }
        if (before) {
            arrive.accept(frame);
        }
        if (heard.size() < KEPT) {
            heard.add(frame);
        } else {
            heard.set(random.nextInt(KEPT), frame);
        }
    }

    private byte[] forged(MutatingPort port, byte[] genuine, List<byte[]> heard) {
        byte[] old = heard.isEmpty() ? genuine : heard.get(random.nextInt(heard.size()));
        return switch (random.nextInt(8)) {
            case 0 -> {
                byte[] octets = new byte[CLUSTER_HEADER_OCTETS + random.nextInt(200)];
                random.nextBytes(octets);
                System.arraycopy(genuine, 0, octets, 0, CLUSTER_HEADER_OCTETS);
                octets[CLUSTER_HEADER_OCTETS - 1] = (byte) random.nextInt(TYPES);
                yield octets;
            }
            case 1 -> random.nextBoolean() ? old : handshake(port);
            case 2, 3 -> Fuzz.mutated(old, CLUSTER_HEADER_OCTETS - 1, random);
            default -> Fuzz.mutated(genuine, CLUSTER_HEADER_OCTETS, random);
        };
    }

    /// A handshake frame for the process of this port's device, as it could begin or go on.
    private byte[] handshake(MutatingPort port) {
        long boot = cluster.snapshot(port.device).members().stream()
                .filter(member -> member.device() == port.device)
                .mapToLong(ElementSnapshot.MemberState::bootId)
                .findFirst()
                .orElseThrow();
        byte[] names = {1, (byte) ('1' + random.nextInt(9)), 1, (byte) ('0' + port.device)};
        byte[] keyAndProof = new byte[random.nextInt(4) == 0 ? random.nextInt(64) : 64];
        random.nextBytes(keyAndProof);
        int length = HANDSHAKE_HEADER_OCTETS + names.length + keyAndProof.length;
        ByteBuffer frame = ByteBuffer.allocate(CLUSTER_HEADER_OCTETS + length);
        frame.position(Meddler.MACS_OCTETS).putShort((short) 0x88b5);
        frame.put((byte) HANDSHAKE);
        frame.put((byte) (random.nextInt(8) == 0 ? random.nextInt() : HANDSHAKE_VERSION));
        frame.put((byte) (random.nextInt(3) == 0 ? random.nextInt(7) : 1));
        frame.put((byte) 2).put((byte) random.nextInt(4));
        frame.putLong(random.nextLong())
                .putLong(boot)
                .putLong(random.nextLong())
                .putShort((short) length);
        return frame.put(names).put(keyAndProof).array();
    }

    private void send(MutatingPort port, byte[] forged, byte[] genuine, Consumer<byte[]> arrive) {
        if (forged.length < CLUSTER_HEADER_OCTETS || isGenuine(forged, genuine)) {
            return;
        }
        Map<String, Long> before = drops(port.device);
        arrive.accept(forged);
        Map<String, Long> after = drops(port.device);
        count++;
        boolean anybodyMay = !Meddler.isSealed(forged)
                && forged[CLUSTER_HEADER_OCTETS - 1] == DISCOVERY
                && port.path == 0
                && DiscoveryMessage.parse(forged, CLUSTER_HEADER_OCTETS, forged.length - CLUSTER_HEADER_OCTETS) != null;
        long more = 0;
        for (Map.Entry<String, Long> reason : after.entrySet()) {
            long frames = reason.getValue() - before.getOrDefault(reason.getKey(), 0L);
            more += frames;
            if (frames > 0) {
                dropped.merge(reason.getKey(), frames, Long::sum);
            }
        }
        assertEquals(
                anybodyMay ? 0 : 1,
                more,
                () -> "reasons for " + java.util.HexFormat.of().formatHex(forged));
    }

    /// Whether it says what the genuine frame says, and may only be padded.
    private static boolean isGenuine(byte[] forged, byte[] genuine) {
        return Arrays.equals(
                genuine,
                CLUSTER_HEADER_OCTETS,
                genuine.length,
                Arrays.copyOf(forged, Math.max(forged.length, genuine.length)),
                CLUSTER_HEADER_OCTETS,
                genuine.length);
    }

    private Map<String, Long> drops(int device) {
        Map<String, Long> drops = new TreeMap<>(cluster.snapshot(device).counters());
        drops.keySet().removeIf(name -> !name.matches("(cluster-frame|discovery|handshake|sealed)-.*"));
        return drops;
    }
}
