package net.testudo.bench;

import net.testudo.element.link.ClusterLink;

/// Sends the records of one round, as many at a time as the stream takes, and waits for the last acknowledgement.
final class SyncSender {
    /// Every record carries its number.
    static final int RECORD_OCTETS_MIN = Long.BYTES;

    private static final int RECORDS_A_TURN = 4_096;

    /// What is to be sent.
    ///
    /// @param records 0 for nothing
    record Order(int records, int octets) {
        static final Order NONE = new Order(0, 0);

        boolean isNone() {
            return records == 0;
        }

        static Order parse(String line) {
            int space = line.indexOf(' ');
            return new Order(Integer.parseInt(line.substring(0, space)), Integer.parseInt(line.substring(space + 1)));
        }
    }

    private final ClusterLink link;
    private final SyncPeer peer;
    private Order order = Order.NONE;
    private long total;
    private long sent;
    private long beganNs;
    private long durationNs;

    SyncSender(ClusterLink link, SyncPeer peer) {
        this.link = link;
        this.peer = peer;
    }

    /// @param wanted what is to be sent; the same until [#isDone]
    /// @return how many records were queued
    int doWork(Order wanted) {
        if (order.isNone() && !wanted.isNone()) {
            order = wanted;
            total = sent + wanted.records();
            beganNs = System.nanoTime();
        }
        int queued = 0;
        while (queued < RECORDS_A_TURN
                && sent < total
                && link.sendFlowBulk(peer.device(), SyncPeer.record(sent, order.octets()))) {
            sent++;
            queued++;
        }
        if (!order.isNone() && peer.acknowledged() == total) {
            durationNs = System.nanoTime() - beganNs;
        }
        return queued;
    }

    /// Whether all records of the order are acknowledged.
    boolean isDone() {
        return durationNs > 0;
    }

    /// How long the order took, and that it is over.
    long takeDurationNs() {
        long taken = durationNs;
        durationNs = 0;
        order = Order.NONE;
        return taken;
    }
}
