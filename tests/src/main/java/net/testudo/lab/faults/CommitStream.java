package net.testudo.lab.faults;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import net.testudo.lab.LabException;
import net.testudo.lab.cluster.NetconfClient;
import net.testudo.lab.cluster.NetconfClient.CommitAnswer;
import net.testudo.lab.cluster.NetconfClient.Fate;

/// Commits numbered names of the cluster, one after the other, until it is closed; whatever happens to the cluster.
/// It waits where the history was not read for long, so that none goes by unseen.
final class CommitStream implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    /// The history of the cluster is 64 revisions deep, and it makes some of its own.
    private static final int UNREAD_MAX = 40;

    private static final String ID_PREFIX = "fault-course-";

    private final NetconfClient netconf;
    private final String address;
    private final CommitLedger ledger = new CommitLedger();
    private final Thread thread;
    /// Commits that may still be sent before the history is read.
    private final Semaphore unread = new Semaphore(UNREAD_MAX);

    private volatile boolean ending;
    private int number;

    /// Begins at once.
    CommitStream(NetconfClient netconf, String address) {
        this.netconf = netconf;
        this.address = address;
        this.thread = Thread.ofPlatform().name("commits").daemon().start(this::run);
    }

    /// The id of a commit.
    ///
    /// @param number from 1
    static String id(int number) {
        return ID_PREFIX + number;
    }

    /// Whether an id is one of these.
    static boolean isOurs(String commitId) {
        return commitId.startsWith(ID_PREFIX);
    }

    /// The name of the cluster that a commit sets: its id.
    static String nameOf(String commitId) {
        return commitId;
    }

    /// What came of the commits so far.
    CommitLedger ledger() {
        return ledger;
    }

    /// The history was read up to here: further commits may be sent.
    void onHistoryRead() {
        unread.drainPermits();
        unread.release(UNREAD_MAX);
    }

    private void run() {
        boolean connected = false;
        while (!ending) {
            if (!connected) {
                connected = connect();
            } else if (unread.tryAcquire()) {
                connected = commit();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean connect() {
        try {
            netconf.connect(address, CONNECT_LIMIT);
            return true;
        } catch (LabException _) {
            return false; // no master serves at this moment
        }
    }

    /// @return whether the session can be used further
    private boolean commit() {
        String id = id(number + 1);
        String config = "<cluster xmlns=\"urn:testudo:yang:testudo-cluster\"><name>" + nameOf(id) + "</name></cluster>";
        CommitAnswer answer;
        try {
            answer = netconf.commit(config, id);
        } catch (LabException _) {
            // The client's process was ended, as the lab is.
            ending = true;
            return false;
        }
        if (answer.fate() == Fate.NOT_SENT) {
            return false;
        }
        number++;
        ledger.add(id, answer);
        return answer.fate() == Fate.ACKNOWLEDGED;
    }

    /// Sends no more commits; returns when the one that is under way is answered.
    void end() {
        ending = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while the last commit ended", e);
        }
    }

    /// Ends at once; a commit that is under way is not answered any more.
    @Override
    public void close() {
        ending = true;
        netconf.close();
    }
}
