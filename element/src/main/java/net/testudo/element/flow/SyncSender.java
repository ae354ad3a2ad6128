package net.testudo.element.flow;

import java.lang.foreign.MemorySegment;
import java.util.List;
import net.testudo.element.flow.FlowMessage.StreamKind;
import net.testudo.element.flow.FlowMessage.SyncBegin;
import net.testudo.element.flow.FlowMessage.SyncData;
import net.testudo.element.flow.FlowMessage.SyncEnd;
import net.testudo.element.wire.cluster.OctetWriter;
import org.jspecify.annotations.Nullable;

/// The sending end of a stream of run-time data to one device. Records wait in their sources, where later changes
/// replace earlier ones, so that a slow receiver costs no memory.
///
/// ```
///  sender                          receiver
///    | BEGIN stream                  |   what it had of this sender is being replaced
///    | DATA 1, 2, 3 ...              |   everything once
///    | END                           |   complete
///    | DATA n ...     <- ACK n - k   |   changes
/// ```
final class SyncSender {
    private static final int RECORD_OCTETS_MAX = 1_100;
    private static final int WINDOW = 256;

    private final StreamKind kind;
    private final FlowLink link;
    private final List<SyncSource> sources;
    private final OctetWriter record = new OctetWriter(2 * RECORD_OCTETS_MAX);
    private final OctetWriter records = new OctetWriter(2 * RECORD_OCTETS_MAX);
    private @Nullable FlowMessage waiting;
    private int target;
    private long epoch;
    private long stream;
    private long boot;
    private long lapse;
    private long gathered;
    private long sequence;
    private long acknowledged;
    private boolean begun;
    private boolean ended;
    private long endSequence;
    private boolean confirmed;
    private boolean drained;

    SyncSender(StreamKind kind, FlowLink link, List<SyncSource> sources) {
        this.kind = kind;
        this.link = link;
        this.sources = List.copyOf(sources);
    }

    /// Starts a new stream to `device`; whatever was under way is void.
    void restart(int device, long newEpoch, long ownBoot, long ownLapse) {
        restart(device, newEpoch, ownBoot, ownLapse, newEpoch);
    }

    /// Starts a new stream of data that were gathered in the epoch `ofEpoch`.
    void restart(int device, long newEpoch, long ownBoot, long ownLapse, long ofEpoch) {
        target = device;
        gathered = ofEpoch;
        epoch = newEpoch;
        boot = ownBoot;
        lapse = ownLapse;
        stream++;
        sequence = 0;
        acknowledged = 0;
        begun = false;
        ended = false;
        confirmed = false;
        drained = false;
        waiting = null;
        sources.forEach(SyncSource::restart);
    }

    /// Sends nothing until the next [#restart].
    void stop() {
        if (target != 0) {
            target = 0;
            stream++;
            waiting = null;
            ended = false;
            sources.forEach(SyncSource::stop);
        }
    }

    /// Number of the present stream.
    long stream() {
        return stream;
    }

    int target() {
        return target;
    }

    /// Whether everything was sent once.
    boolean isComplete() {
        return target != 0 && ended && !(waiting instanceof SyncEnd);
    }

    /// Whether the receiver confirmed that it has everything once.
    boolean isConfirmed() {
        return target != 0 && confirmed;
    }

    /// Whether everything that was to tell is on its way.
    boolean isDrained() {
        return drained;
    }

    long sequence() {
        return sequence;
    }

    long acknowledged() {
        return acknowledged;
    }

    /// Sends what there is to send, as far as window and link allow.
    void doWork() {
        if (target == 0 || !flushWaiting()) {
            return;
        }
        if (!begun) {
            begun = true;
            if (!offer(new SyncBegin(kind, epoch, stream, boot, lapse, gathered))) {
                return;
            }
        }
        while (sequence - acknowledged < WINDOW) {
            if (!collect()) {
                if (!ended && sources.stream().allMatch(SyncSource::isTransferred)) {
                    ended = true;
                    endSequence = sequence;
                    offer(new SyncEnd(kind, epoch, stream));
                }
                drained = waiting == null;
                return;
            }
            drained = false;
            sequence++;
            byte[] octets = records.toOctets();
            boolean taken = offer(new SyncData(kind, epoch, stream, sequence, MemorySegment.ofArray(octets)));
            sources.forEach(source -> source.sent(sequence));
            if (!taken) {
                return;
            }
        }
        drained = false;
    }

    /// Whether this is the present stream.
    boolean isOf(long ofEpoch, long ofStream) {
        return target != 0 && ofEpoch == epoch && ofStream == stream;
    }

    /// The receiver confirmed.
    void onAck(long ofEpoch, long ofStream, long upTo) {
        if (!isOf(ofEpoch, ofStream) || upTo > sequence) {
            return;
        }
        if (upTo == FlowMessage.UNWANTED) {
            stop();
            return;
        }
        confirmed |= isComplete() && upTo >= endSequence;
        if (upTo > acknowledged) {
            acknowledged = upTo;
            sources.forEach(source -> source.acknowledged(upTo));
        }
    }

    private boolean collect() {
        records.reset();
        for (SyncSource source : sources) {
            while (records.length() < RECORD_OCTETS_MAX && source.next(record.reset())) {
                records.u8(source.number()).u16(record.length()).raw(record);
            }
        }
        return records.length() > 0;
    }

    private boolean offer(FlowMessage message) {
        waiting = message;
        return flushWaiting();
    }

    private boolean flushWaiting() {
        if (waiting != null && link.bulk(target, waiting)) {
            waiting = null;
        }
        return waiting == null;
    }

    @Override
    public String toString() {
        return kind + " to " + target + " epoch " + epoch + " stream " + stream + " sent " + sequence + " acknowledged "
                + acknowledged + (ended ? " complete" : "") + (drained ? " drained" : "");
    }
}
