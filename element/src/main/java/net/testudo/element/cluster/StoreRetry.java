package net.testudo.element.cluster;

/// The first write of a process, and writes again after a failure: the operator may have made room.
final class StoreRetry {
    private final ClusterState state;
    private boolean startFailed;

    StoreRetry(ClusterState state) {
        this.state = state;
    }

    /// The boot count is on disk before anything is said.
    void start(Effects out) {
        startFailed = false;
        state.persist(out, new ClusterState.Continuation() {
            @Override
            public void run(long laterNs, Effects later) {
                if (state.self() != 0) {
                    later.add(state.changeIdentity());
                }
            }

            @Override
            public void failed(String reason, long laterNs, Effects later) {
                startFailed = true;
            }
        });
    }

    void doWork(long nowNs, Effects out) {
        boolean startAgain = startFailed && state.writes.fault() == null;
        if (!startAgain && !state.writes.retryDue(nowNs)) {
            return;
        }
        if (startFailed) {
            start(out);
        } else {
            state.persist(out);
        }
    }
}
