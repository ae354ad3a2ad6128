package net.testudo.bench;

import java.util.Arrays;
import net.testudo.element.link.ClusterLink;

/// Sends the records of one order, as many at a time as the stream takes or as are due, and waits for the last
/// acknowledgement.
final class SyncSender {
    /// Every record carries its number.
    static final int RECORD_OCTETS_MIN = Long.BYTES;

    private static final int RECORDS_A_TURN = 4_096;
    private static final long NS_PER_S = 1_000_000_000L;

    /// What is to be sent.
    ///
    /// @param records 0 for nothing
    /// @param octets of each
    /// @param rate how many become due each second; 0 for all at once
    record Order(int records, int octets, int rate) {
        static final Order NONE = new Order(0, 0, 0);

        boolean isNone() {
            return records == 0;
        }

        /// @param line `round RECORDS OCTETS` or `lag RECORDS OCTETS RATE`
        static Order parse(String line) {
            String[] words = line.split(" ", -1);
            int rate = words[0].equals("lag") ? Integer.parseInt(words[3]) : 0;
            return new Order(Integer.parseInt(words[1]), Integer.parseInt(words[2]), rate);
        }
    }

    private final ClusterLink link;
    private final SyncPeer peer;
    private Order order = Order.NONE;
    private long first;
    private long total;
    private long sent;
    private long acknowledged;
    private long beganNs;
    private long durationNs;
    private long[] lagNs = {};

    SyncSender(ClusterLink link, SyncPeer peer) {
        this.link = link;
        this.peer = peer;
    }

    /// @param wanted what is to be sent; the same until [#isDone]
    /// @return how many records were queued
    int doWork(Order wanted, long nowNs) {
        if (order.isNone() && !wanted.isNone()) {
            order = wanted;
            first = sent;
            acknowledged = sent;
            total = sent + wanted.records();
            beganNs = nowNs;
            lagNs = new long[wanted.rate() == 0 ? 0 : wanted.records()];
        }
        int queued = 0;
        long due = due(nowNs);
        while (queued < RECORDS_A_TURN
                && sent < due
                && link.sendFlowBulk(peer.device(), SyncPeer.record(sent, order.octets()))) {
            sent++;
            queued++;
        }
        if (!order.isNone()) {
            note(nowNs);
        }
        return queued;
    }

    private long due(long nowNs) {
        return order.rate() == 0 ? total : Math.min(total, first + (nowNs - beganNs) * order.rate() / NS_PER_S);
    }

    /// A record waits from when it was due, whether or not the stream took it then.
    private void note(long nowNs) {
        for (; acknowledged < peer.acknowledged(); acknowledged++) {
            if (order.rate() > 0) {
                int number = (int) (acknowledged - first);
                lagNs[number] = nowNs - beganNs - (number + 1) * NS_PER_S / order.rate();
            }
        }
        if (acknowledged == total) {
            durationNs = nowNs - beganNs;
        }
    }

    /// Whether all records of the order are acknowledged.
    boolean isDone() {
        return durationNs > 0;
    }

    /// How long the order took, in nanoseconds; of records that came at a rate how long half of them waited at most,
    /// 99 of 100, and all. The order is over then.
    String takeAnswer() {
        String answer = Long.toString(durationNs);
        if (order.rate() > 0) {
            Arrays.sort(lagNs);
            answer = lagNs[lagNs.length / 2] + " " + lagNs[(int) (lagNs.length * 0.99)] + " " + lagNs[lagNs.length - 1];
        }
        durationNs = 0;
        order = Order.NONE;
        return answer;
    }
}
