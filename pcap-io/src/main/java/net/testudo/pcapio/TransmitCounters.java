package net.testudo.pcapio;

/// The transmit half of a port's counters; owned by the thread that sends.
final class TransmitCounters {
    private long frames;
    private long octets;
    private long drops;

    boolean sent(int length) {
        frames++;
        octets += length;
        return true;
    }

    boolean dropped() {
        drops++;
        return false;
    }

    long frames() {
        return frames;
    }

    long octets() {
        return octets;
    }

    long drops() {
        return drops;
    }
}
