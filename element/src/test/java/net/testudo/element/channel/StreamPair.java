package net.testudo.element.channel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Two streams that talk over two lossy links; time jumps from event to event.
final class StreamPair {
    static final long BOOT_A = 0xa1;
    static final long BOOT_B = 0xb1;

    final ReliableStream a;
    final ReliableStream b;
    final LossyLink toB;
    final LossyLink toA;
    final List<byte[]> atA = new ArrayList<>();
    final List<byte[]> atB = new ArrayList<>();
    long nowNs = Long.MAX_VALUE - 5_000_000; // wraps within the test, as nanoTime may

    StreamPair(long seed, StreamConfig config, LossyLink.Faults faults) {
        a = new ReliableStream(config, BOOT_A);
        b = new ReliableStream(config, BOOT_B);
        a.reset(BOOT_B);
        b.reset(BOOT_A);
        toB = new LossyLink(seed, faults);
        toA = new LossyLink(seed + 1_000_003, faults);
    }

    /// One turn of both duty cycles at the next moment at which something happens.
    void turn() {
        long waitNs = Math.min(a.nextDeadlineNs(nowNs) - nowNs, b.nextDeadlineNs(nowNs) - nowNs);
        long arrivalNs = Math.min(toA.nextNs(Long.MAX_VALUE), toB.nextNs(Long.MAX_VALUE)) - elapsedNs();
        nowNs += Math.max(1, Math.min(waitNs, arrivalNs));
        toB.deliver(
                elapsedNs(),
                (octets, at, length) ->
                        b.onSegment(octets, at, length, nowNs, (m, o, l) -> atB.add(Arrays.copyOfRange(m, o, o + l))));
        toA.deliver(
                elapsedNs(),
                (octets, at, length) ->
                        a.onSegment(octets, at, length, nowNs, (m, o, l) -> atA.add(Arrays.copyOfRange(m, o, o + l))));
        a.doWork(nowNs, (octets, at, length) -> toB.send(octets, at, length, elapsedNs()));
        b.doWork(nowNs, (octets, at, length) -> toA.send(octets, at, length, elapsedNs()));
    }

    /// The time since the start; the links compare it directly.
    long elapsedNs() {
        return nowNs - (Long.MAX_VALUE - 5_000_000);
    }
}
