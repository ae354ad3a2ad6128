package net.testudo.element.flow;

import net.testudo.element.flow.FlowMessage.StreamKind;

/// Hands the cluster's run-time data to a master that was neither master nor backup master in the epoch before, by a
/// device that was one of them: without it, flows whose owner died with the old master would be lost. As a source of
/// the
/// report to the master it holds the end of that back until the handover is sent, so that nothing is assigned before.
final class FlowHandover {
    private final ServingView view;
    private final SyncSender sender;
    private final long boot;
    private boolean begun;
    private long followed;
    private long followedBefore;
    private long held;
    private int otherHolder;
    private long otherBoot;

    /// @param classes besides flows, at the one who was master or backup master
    FlowHandover(FlowContext context, SyncClasses classes, SyncSource flows) {
        view = context.view();
        boot = context.boot();
        sender = new SyncSender(StreamKind.HANDOVER, context.link(), classes, flows);
    }

    /// The epoch that this device followed before the present one, 0 if none: what was gathered in another is not
    /// taken.
    long followedBefore() {
        return followedBefore;
    }

    /// Follows the cluster. To be called before what the present epoch changes takes effect.
    void observe() {
        if (view.master() != 0 && view.epoch() != followed) {
            followedBefore = followed;
            followed = view.epoch();
        }
    }

    /// This device has the cluster's data of the present epoch, and so has `other`.
    ///
    /// @param other the master, or the backup master that confirmed the copy, 0 if none
    void hold(int other) {
        held = view.epoch();
        otherHolder = other;
        otherBoot = view.bootOf(other);
    }

    /// Sends what is due.
    void doWork(long nowNs) {
        if (!begun) {
            begun = true;
            if (isWanted()) {
                sender.restart(view.master(), view.epoch(), boot, view.lapse(), held);
            }
        }
        sender.doWork(nowNs);
        if (sender.isConfirmed()) {
            sender.stop();
        }
    }

    private boolean isWanted() {
        int master = view.master();
        boolean hasIt = master == view.self() || (master == otherHolder && view.bootOf(master) == otherBoot);
        return held != 0 && held == followedBefore && held != view.epoch() && !hasIt;
    }

    /// Whether all of it is on its way to the present master, or it needs nothing.
    boolean isOver() {
        return begun && (sender.target() == 0 || sender.isComplete());
    }

    void onAck(FlowMessage.SyncAck message) {
        sender.onAck(message.epoch(), message.stream(), message.sequence());
    }

    /// The report to the master starts anew, and with it this.
    void restart() {
        sender.stop();
        begun = false;
    }
}
