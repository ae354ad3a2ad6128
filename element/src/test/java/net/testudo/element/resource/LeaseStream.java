package net.testudo.element.resource;

import java.util.ArrayDeque;
import net.testudo.element.flow.SyncSink;
import net.testudo.element.wire.cluster.OctetReader;
import net.testudo.element.wire.cluster.OctetWriter;

/// The copy from a master to its backup: messages and acknowledgements arrive when the test says so.
final class LeaseStream {
    private final PortLeases master;
    private final LeaseCopy copy;
    private final OctetWriter record = new OctetWriter(16);
    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private long sent;
    private long received;

    LeaseStream(PortLeases master, PortLeases backup) {
        this.master = master;
        copy = new LeaseCopy(backup);
        master.restart();
        copy.begin(1, 1);
    }

    /// Sends what there is to tell, each record in its own message.
    void send() {
        while (master.next(record.reset())) {
            messages.add(record.toOctets());
            master.sent(++sent);
        }
    }

    /// The backup gets the next message.
    boolean receive() {
        byte[] message = messages.poll();
        if (message == null) {
            return false;
        }
        received++;
        if (copy.apply(1, new OctetReader(message), 0) != SyncSink.Taken.TAKEN) {
            throw new AssertionError("a record was refused");
        }
        return true;
    }

    /// The master hears what the backup got.
    void acknowledge() {
        master.acknowledged(received);
    }

    void finish() {
        send();
        while (receive()) {
            acknowledge();
        }
        acknowledge();
    }
}
