package net.testudo.pcapio;

import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/// The two libpcap handles of a port. They are two since a handle may be used by one thread at a time, and the
/// reader thread sits in its own.
///
/// @param index of the interface they were opened on
/// @param receive used by the reader thread only
/// @param transmit used by the sending thread only
record PcapHandles(int index, PcapHandle receive, PcapHandle transmit) {
    /// How often the reader looks whether a port that went down is back; libpcap's wait is ended by a frame at once.
    static final int WAIT_MS = 200;

    /// The ring between kernel and reader thread.
    private static final int RING_OCTETS = 4 << 20;

    private static final int TRANSMIT_RING_OCTETS = 1 << 16;
    /// libpcap gives every live handle a receive ring; nothing ever passes this filter.
    private static final String NOTHING = "less 1";

    /// @param index of the interface `name`
    /// @param filter in pcap's language, empty for all frames
    /// @param snapOctets longest frame that is received whole
    static PcapHandles open(String name, int index, String filter, int snapOctets)
            throws PcapNativeException, NotOpenException {
        PcapHandle transmit = new PcapHandle.Builder(name)
                .snaplen(64)
                .bufferSize(TRANSMIT_RING_OCTETS)
                .timeoutMillis(WAIT_MS)
                .build();
        try {
            transmit.setFilter(NOTHING, BpfCompileMode.OPTIMIZE);
            transmit.setBlockingMode(BlockingMode.NONBLOCKING);
            return new PcapHandles(index, openReceive(name, filter, snapOctets), transmit);
        } catch (PcapNativeException | NotOpenException e) {
            transmit.close();
            throw e;
        }
    }

    // Own frames are left out by the direction and not by a filter `inbound`: libpcap judges the first frames after
    // a filter was set by itself, cannot judge that one, and would drop them.
    // Immediate mode: a frame is handed over when it arrives, not when a block of the ring is full.
    private static PcapHandle openReceive(String name, String filter, int snapOctets)
            throws PcapNativeException, NotOpenException {
        PcapHandle receive = new PcapHandle.Builder(name)
                .snaplen(snapOctets)
                .promiscuousMode(PromiscuousMode.PROMISCUOUS)
                .immediateMode(true)
                .timeoutMillis(WAIT_MS)
                .bufferSize(RING_OCTETS)
                .direction(PcapDirection.IN)
                .build();
        try {
            if (!filter.isEmpty()) {
                receive.setFilter(filter, BpfCompileMode.OPTIMIZE);
            }
            return receive;
        } catch (PcapNativeException | NotOpenException e) {
            receive.close();
            throw e;
        }
    }

    /// Ends the reader thread's `loop`, also one that it is about to enter. Any thread may call it.
    synchronized void endReceive() {
        try {
            receive.breakLoop();
        } catch (NotOpenException _) {
            // the reader thread has closed it
        }
    }

    /// Synchronized with [#endReceive], which must not reach a handle that libpcap has freed.
    synchronized void close() {
        receive.close();
        transmit.close();
    }
}
