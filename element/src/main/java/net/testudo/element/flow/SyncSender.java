package net.testudo.element.flow;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import net.testudo.element.flow.FlowMessage.StreamKind;
import net.testudo.element.flow.FlowMessage.SyncBegin;
import net.testudo.element.flow.FlowMessage.SyncData;
import net.testudo.element.flow.FlowMessage.SyncEnd;
import net.testudo.element.management.BackupSync.SyncClassState;
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
///
/// What was sent and not confirmed is kept, a window at most, and sent once more when [#repeat] is called.
final class SyncSender {
    private static final int RECORD_OCTETS_MAX = 1_100;
    private static final int WINDOW = 256;

    private final StreamKind kind;
    private final FlowLink link;
    private final List<SyncSource> sources = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final int[] numbers;
    private final SyncProgress progress;
    private final SyncData[] sent = new SyncData[WINDOW];
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
    private boolean answered;
    /// The next message to be sent once more; above `sequence` if there is none.
    private long repeatAt = 1;
    private long repeated;

    /// @param others classes besides flows, which go before them
    /// @param flows tells of the flows
    SyncSender(StreamKind kind, FlowLink link, SyncClasses others, SyncSource flows) {
        this.kind = kind;
        this.link = link;
        numbers = new int[others.others().size() + 1];
        others.others().forEach(each -> add(each.number(), each.name(), each.source()));
        add(SyncClasses.FLOWS, SyncClasses.FLOWS_NAME, flows);
        progress = new SyncProgress(numbers.length, WINDOW);
    }

    private void add(int number, String name, SyncSource source) {
        numbers[sources.size()] = number;
        names.add(name);
        sources.add(source);
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
        answered = false;
        repeatAt = 1;
        waiting = null;
        progress.restart();
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

    /// Whether the receiver owes an acknowledgement.
    boolean isAwaiting() {
        return target != 0 && begun && (acknowledged < sequence || (ended && !confirmed));
    }

    /// Messages that were sent once more, of all streams.
    long repeated() {
        return repeated;
    }

    /// Sends once more what is not confirmed, before anything new.
    void repeat() {
        if (!isAwaiting() || repeatAt <= sequence) {
            return;
        }
        if (!answered && waiting == null && acknowledged == 0) {
            begun = false;
        }
        repeatAt = acknowledged + 1;
        repeated += Math.max(1, sequence - acknowledged);
        // The end may be among what got lost, but not once all was confirmed.
        ended &= confirmed;
    }

    /// Sends what there is to send, as far as window and link allow.
    void doWork(long nowNs) {
        if (target == 0 || !flushWaiting()) {
            return;
        }
        if (!begun) {
            begun = true;
            if (!offer(new SyncBegin(kind, epoch, stream, boot, lapse, gathered))) {
                return;
            }
        }
        while (repeatAt <= sequence) {
            if (!offer(sent[(int) (repeatAt++ % WINDOW)])) {
                return;
            }
        }
        while (sequence - acknowledged < WINDOW) {
            if (!collect()) {
                if (!ended && isTransferred()) {
                    ended = true;
                    endSequence = sequence;
                    offer(new SyncEnd(kind, epoch, stream));
                }
                drained = waiting == null;
                return;
            }
            drained = false;
            sequence++;
            repeatAt = sequence + 1;
            SyncData data = new SyncData(kind, epoch, stream, sequence, MemorySegment.ofArray(records.toOctets()));
            sent[(int) (sequence % WINDOW)] = data;
            progress.sent(sequence, nowNs);
            boolean taken = offer(data);
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
        answered = true;
        confirmed |= isComplete() && upTo >= endSequence;
        if (upTo > acknowledged) {
            progress.acknowledged(acknowledged, upTo);
            acknowledged = upTo;
            repeatAt = Math.max(repeatAt, upTo + 1);
            sources.forEach(source -> source.acknowledged(upTo));
        }
    }

    /// How far each class is.
    List<SyncClassState> states(long nowNs) {
        List<SyncClassState> states = new ArrayList<>();
        boolean runs = target != 0;
        for (int index = 0; index < numbers.length; index++) {
            long held = sources.get(index).held();
            long known = progress.acknowledged(index);
            states.add(new SyncClassState(
                    names.get(index),
                    numbers[index],
                    held,
                    progress.sent(index),
                    known,
                    progress.octets(index),
                    progress.lastSequence(index),
                    progress.lastAcknowledged(index),
                    runs ? progress.sent(index) - known + sources.get(index).waiting() : 0,
                    runs ? nowNs - progress.oldestNs(index, acknowledged, sequence, nowNs) : 0,
                    percent(known, held)));
        }
        return states;
    }

    private int percent(long known, long held) {
        if (isConfirmed()) {
            return 100;
        }
        return target == 0 ? 0 : (int) Math.min(99, 100 * known / Math.max(1, held));
    }

    private boolean isTransferred() {
        for (SyncSource source : sources) {
            if (!source.isTransferred()) {
                return false;
            }
        }
        return true;
    }

    private boolean collect() {
        records.reset();
        for (int index = 0; index < numbers.length; index++) {
            SyncSource source = sources.get(index);
            while (records.length() < RECORD_OCTETS_MAX && source.next(record.reset())) {
                int before = records.length();
                records.u8(numbers[index]).u16(record.length()).raw(record);
                progress.collect(index, records.length() - before);
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
