package net.testudo.lab.traffic;

import java.util.BitSet;

/// Bookkeeping of a [UdpProbe]: which probes were sent, which echoes came, and when. One thread at a time.
final class EchoLog {
    private static final int EXPECTED_PROBES = 1 << 18;

    private final BitSet echoed = new BitSet(EXPECTED_PROBES);
    private int sent;
    private long received;
    private long duplicates;
    private long lastEchoNs;
    private long longestGapNs;
    private long sourceChanges;
    private long senderLateNs;

    /// The probe is about to be sent.
    ///
    /// @param lateNs how much later than planned
    /// @return its sequence number
    int onSend(long lateNs) {
        senderLateNs = Math.max(senderLateNs, lateNs);
        return sent++;
    }

    /// An echo arrived.
    ///
    /// @param sequence number of the probe
    /// @param changes of the source address that the far side counted up to then
    void onEcho(int sequence, long changes, long nowNs) {
        if (sequence < 0 || sequence >= sent) {
            return;
        }
        if (received > 0) {
            longestGapNs = Math.max(longestGapNs, nowNs - lastEchoNs);
        }
        received++;
        lastEchoNs = nowNs;
        sourceChanges = Math.max(sourceChanges, changes);
        if (echoed.get(sequence)) {
            duplicates++;
        } else {
            echoed.set(sequence);
        }
    }

    /// Echoes so far, duplicates included.
    long received() {
        return received;
    }

    /// Starts a new search for the longest gap.
    void mark() {
        longestGapNs = 0;
        senderLateNs = 0;
    }

    /// @param nowNs ends the gap that is open at this moment; the end of sending once nothing is sent any more
    ProbeReport report(long nowNs) {
        long openGapNs = received > 0 ? nowNs - lastEchoNs : 0;
        int lost = sent - echoed.cardinality();
        return new ProbeReport(
                sent, lost, duplicates, Math.max(longestGapNs, openGapNs), longestRun(), sourceChanges, senderLateNs);
    }

    private long longestRun() {
        int longest = 0;
        int start = echoed.nextClearBit(0);
        while (start < sent) {
            int next = echoed.nextSetBit(start);
            int end = next < 0 ? sent : Math.min(next, sent);
            longest = Math.max(longest, end - start);
            start = echoed.nextClearBit(end);
        }
        return longest;
    }
}
