package net.testudo.element.rehearsal;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import net.testudo.element.wire.Checksum;
import net.testudo.element.wire.Fuzz;

/// Some frames arrive changed; of one in eight of these the genuine one too.
final class WireDamage implements Meddler {
    /// Which frames were changed.
    enum Kind {
        /// Of the cluster.
        CLUSTER,
        /// ARP and IP of the hosts.
        DATA
    }

    final Map<Kind, Integer> done = new EnumMap<>(Kind.class);
    private final RandomGenerator random;
    private final int permille;

    /// @param permille how many of a thousand frames
    WireDamage(RandomGenerator random, int permille) {
        this.random = random;
        this.permille = permille;
    }

    int count() {
        return done.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void meddle(MutatingPort port, byte[] frame, Consumer<byte[]> arrive) {
        if (random.nextInt(1000) >= permille) {
            arrive.accept(frame);
            return;
        }
        boolean cluster = Meddler.isCluster(frame);
        done.merge(cluster ? Kind.CLUSTER : Kind.DATA, 1, Integer::sum);
        int header = cluster ? CLUSTER_HEADER_OCTETS - random.nextInt(2) : MACS_OCTETS;
        byte[] mutant = Fuzz.mutated(frame, random.nextInt(8) == 0 ? 0 : header, random);
        arrive.accept(cluster ? mutant : repaired(mutant));
        if (random.nextInt(8) == 0) {
            arrive.accept(frame);
        }
    }

    /// Mostly with a header checksum that is right again, so that what stands behind it is read.
    private byte[] repaired(byte[] frame) {
        int ip = 14;
        if (frame.length >= ip + 20 && random.nextInt(4) > 0) {
            ByteBuffer octets = ByteBuffer.wrap(frame);
            int headerOctets = Math.min(Math.max(20, 4 * (frame[ip] & 0xf)), frame.length - ip);
            octets.putShort(ip + 10, (short) 0);
            octets.putShort(ip + 10, (short) Checksum.of(MemorySegment.ofArray(frame), ip, headerOctets));
        }
        return frame;
    }
}
