package net.testudo.element.flow;

import net.testudo.element.config.BackupSyncConfig;
import net.testudo.element.flow.FlowMessage.StreamKind;
import net.testudo.element.flow.FlowMessage.SyncBegin;
import net.testudo.element.net.DeviceSet;

/// Whether the backup master acknowledges what it is sent (BKP-02 to BKP-05). Who misses too often is told to the
/// cluster
/// state machine, which appoints another one. From then on it is tried by an empty stream again and again, and may be
/// chosen again when it has answered all of these for a set time, or as a new process.
final class BackupWatch {
    private final FlowContext context;
    private final SyncSender copy;
    private final long[] triedNs = new long[DeviceSet.DEVICE_MAX + 1];
    private final long[] steadyNs = new long[DeviceSet.DEVICE_MAX + 1];
    private BackupSyncConfig config = BackupSyncConfig.STANDARD;
    private DeviceSet silent = DeviceSet.NONE;
    private DeviceSet unanswered = DeviceSet.NONE;
    private long watchedStream;
    private long watchedAcknowledged;
    private long sinceNs;
    private int misses;
    private long trial;

    /// @param copy the stream to the backup master
    BackupWatch(FlowContext context, SyncSender copy) {
        this.context = context;
        this.copy = copy;
    }

    void configure(BackupSyncConfig newConfig) {
        config = newConfig;
    }

    /// Devices that are not to be backup master now.
    DeviceSet silent() {
        return silent;
    }

    /// How often in a row the backup master did not acknowledge in time.
    int misses() {
        return misses;
    }

    /// A new process is judged anew.
    void onSession(int device) {
        silent = silent.without(device);
    }

    /// This device leads no more, or was late itself: it cannot blame others.
    void restart(long nowNs) {
        sinceNs = nowNs;
        misses = 0;
    }

    /// Another master judges for itself.
    void forget() {
        silent = DeviceSet.NONE;
        misses = 0;
    }

    /// One turn of the master.
    void doWork(long nowNs) {
        watch(nowNs);
        for (int device = silent.first(); device != 0; device = silent.next(device)) {
            if (nowNs - triedNs[device] >= config.ackTimeoutNs()) {
                tryAgain(device, nowNs);
            }
        }
    }

    private void watch(long nowNs) {
        boolean same = copy.stream() == watchedStream && copy.acknowledged() == watchedAcknowledged;
        if (!same || !copy.isAwaiting()) {
            watchedStream = copy.stream();
            watchedAcknowledged = copy.acknowledged();
            restart(nowNs);
        } else if (nowNs - sinceNs >= config.ackTimeoutNs()) {
            sinceNs = nowNs;
            misses++;
            context.counters().add(FlowCounter.ACK_MISSES);
            miss(copy.target(), nowNs);
        }
    }

    /// What has not arrived yet is repeated below, by the reliable stream.
    private void miss(int device, long nowNs) {
        if (config.onSilence().retransmits() && context.transport().isDelivered(device)) {
            copy.repeat();
        }
        if (config.onSilence().replaces() && misses >= config.ackMissesMax() && !silent.contains(device)) {
            silent = silent.with(device);
            unanswered = unanswered.without(device);
            triedNs[device] = nowNs;
            steadyNs[device] = nowNs;
        }
    }

    private void tryAgain(int device, long nowNs) {
        if (unanswered.contains(device)) {
            steadyNs[device] = nowNs;
        } else if (nowNs - steadyNs[device] >= config.ackProbationNs()) {
            silent = silent.without(device);
            return;
        }
        triedNs[device] = nowNs;
        if (context.transport().version(device) == 1) {
            return; // It does not know of trials, and may be chosen again after the probation.
        }
        unanswered = unanswered.with(device);
        long epoch = context.view().epoch();
        var _ = context.link().bulk(device, new SyncBegin(StreamKind.TRIAL, epoch, ++trial, context.boot(), 0, epoch));
    }

    /// A device answered a trial; late answers to earlier ones show that it works too.
    void onAnswer(int device) {
        unanswered = unanswered.without(device);
    }
}
