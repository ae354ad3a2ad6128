package net.testudo.element.channel;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// One direction of a link in memory that loses, repeats, delays and so reorders frames, by seed.
final class LossyLink {
    /// What the link does; probabilities from 0 to 1.
    record Faults(double loss, double duplication, long delayMinNs, long delayMaxNs) {}

    /// Takes what arrives.
    interface Receiver {
        void onArrival(byte[] buffer, int offset, int length);
    }

    private record Arrival(long atNs, long order, Frame frame) implements Comparable<Arrival> {
        @Override
        public int compareTo(Arrival other) {
            return atNs != other.atNs ? Long.compare(atNs, other.atNs) : Long.compare(order, other.order);
        }
    }

    private static final class Frame {
        final byte[] octets;

        Frame(byte[] octets) {
            this.octets = octets;
        }
    }

    private final SplittableRandom random;
    private final PriorityQueue<Arrival> underWay = new PriorityQueue<>();
    private Faults faults;
    private long order;
    private long sent;

    LossyLink(long seed, Faults faults) {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
    }

    void faults(Faults changed) {
        faults = changed;
    }

    long sent() {
        return sent;
    }

    boolean send(byte[] buffer, int offset, int length, long nowNs) {
        sent++;
        int copies = random.nextDouble() < faults.duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() >= faults.loss) {
                long atNs = nowNs + random.nextLong(faults.delayMinNs, faults.delayMaxNs + 1);
                byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
                underWay.add(new Arrival(atNs, order++, new Frame(copy)));
            }
        }
        return true;
    }

    void deliver(long nowNs, Receiver receiver) {
        Arrival arrival;
        while ((arrival = underWay.peek()) != null && arrival.atNs <= nowNs) {
            underWay.remove();
            byte[] octets = arrival.frame.octets;
            // At an odd offset, as frames lie in real buffers.
            byte[] padded = new byte[octets.length + 7];
            System.arraycopy(octets, 0, padded, 3, octets.length);
            receiver.onArrival(padded, 3, octets.length);
        }
    }

    /// When the next frame arrives, or `otherwise` if none is under way.
    long nextNs(long otherwise) {
        Arrival arrival = underWay.peek();
        return arrival == null ? otherwise : arrival.atNs;
    }
}
