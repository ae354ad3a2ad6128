package net.testudo.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Author;
import net.testudo.element.management.BackupSync;
import net.testudo.element.management.BackupSync.SyncClassState;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElectionCriterion;
import net.testudo.element.management.ElectionState;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.Evidence;
import net.testudo.element.management.HeldContent;
import net.testudo.element.management.LoggedEvent;
import net.testudo.element.management.MemberClock;
import net.testudo.element.management.Request;
import net.testudo.element.management.RevisionHistory;
import net.testudo.element.management.Role;
import net.testudo.element.management.Verified;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.net.ProtocolVersions;

/// An element that decides alone, like a cluster of one device with the serial number `A1`.
public final class MemoryElement implements ElementClient {
    private static final String SERIAL = "A1";
    private static final String MEMBER = "/testudo-cluster:cluster/member[serial='";

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final Map<String, Answer> commits = new HashMap<>();
    private final List<RevisionHistory.Entry> history = new ArrayList<>();
    private final Map<Long, Content> contents = new HashMap<>();
    private final List<LoggedEvent> logged = new ArrayList<>(takeovers());
    private Content content = Content.EMPTY;
    private Author author = Author.NONE;
    private long revision;
    private long lastRequest;
    private Optional<RevisionHistory.Orphan> orphan = Optional.of(new RevisionHistory.Orphan(
            2,
            new RevisionHistory.Entry(
                    2, "dead", "aa", "", 1_767_225_600_000L, new Author("ops", "7", ""), DeviceSet.of(2), 90),
            "ab",
            1_767_225_900_000L));
    private Answer.Outcome outcome = Answer.Outcome.OK;
    private String message = "";
    private String path = "";
    private IntConsumer beforeCommit = _ -> {};

    /// Makes the element answer every further request with `next`.
    public synchronized void answerWith(Answer.Outcome next, String why, String where) {
        outcome = next;
        message = why;
        path = where;
    }

    /// Does something right before the next commit is looked at.
    public synchronized void beforeNextCommit(Runnable action) {
        beforeCommit = number -> {
            beforeCommit = _ -> {};
            action.run();
        };
    }

    /// Does something right before each commit is looked at; it gets the number of the request.
    public synchronized void beforeEachCommit(IntConsumer action) {
        beforeCommit = action;
    }

    /// What was asked, in order.
    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /// Lets the cluster itself admit a device: a member entry appears in running.
    public synchronized void admit(String serial, int device) {
        decide(new Content(withMember(content.configuration(), serial, device), content.secrets()));
    }

    /// Decides a revision as if another master had, and the listeners see it.
    public void decide(Content next) {
        keep(next);
        listeners.forEach(listener -> listener.onSnapshot(snapshot()));
    }

    private synchronized void keep(Content next) {
        content = next;
        revision++;
        contents.put(revision, next);
        history.addFirst(new RevisionHistory.Entry(
                revision, "ab", "aa", "", 1_767_225_600_000L, author, DeviceSet.of(1), next.characters()));
        author = Author.NONE;
    }

    /// Another event has its place in the log, and the listeners see it.
    public void log(ElementEvent event) {
        synchronized (this) {
            logged.add(new LoggedEvent(logged.getLast().order() + 1, 9, event));
            if (logged.size() > EventLog.RECORDS_MAX) {
                logged.removeFirst();
            }
        }
        listeners.forEach(listener -> listener.onSnapshot(snapshot()));
    }

    /// Tells the listeners.
    public void happen(ElementEvent event) {
        listeners.forEach(listener -> listener.onEvent(event));
    }

    @Override
    public synchronized CompletableFuture<Answer> submit(LongFunction<? extends Request> request, Duration timeout) {
        lastRequest++;
        Request asked = request.apply(lastRequest);
        requests.add(asked);
        if (asked instanceof Request.CommitStatus status) {
            Answer known = commits.get(status.commitId());
            return CompletableFuture.completedFuture(
                    known != null ? known : Answer.no(lastRequest, Answer.Outcome.REFUSED, "no such commit"));
        }
        if (outcome != Answer.Outcome.OK) {
            return CompletableFuture.completedFuture(new Answer(lastRequest, outcome, message, path, 0));
        }
        if (asked instanceof Request.FetchRevision fetch) {
            if (!contents.containsKey(fetch.number())) {
                return CompletableFuture.completedFuture(
                        Answer.no(lastRequest, Answer.Outcome.REFUSED, "no such revision"));
            }
            HeldContent held = new HeldContent(1, fetch.number(), "ab", contents.get(fetch.number()));
            return CompletableFuture.completedFuture(
                    new Answer(lastRequest, Answer.Outcome.OK, "", "", fetch.number(), List.of(held)));
        }
        if (asked instanceof Request.FetchOrphan fetch) {
            return CompletableFuture.completedFuture(new Answer(
                    lastRequest,
                    Answer.Outcome.OK,
                    "",
                    "",
                    2,
                    List.of(new HeldContent(fetch.device(), 2, fetch.hash(), content))));
        }
        if (asked instanceof Request.DismissOrphan dismissed) {
            orphan = orphan.filter(kept -> !kept.revision().hash().equals(dismissed.hash()));
        }
        if (asked instanceof Request.RotateIdentity rotate) {
            author = rotate.author();
            String secrets = content.secrets()
                    .replaceAll("(/ssh/host-key = )\\S+", "$1" + rotate.hostKey())
                    .replaceAll(rotate.joinKeys() ? "(?m)^\\S+/join-key\\S+ = .*\n" : "$^", "");
            decide(new Content(content.configuration(), secrets));
        }
        if (asked instanceof Request.Failover) {
            log(switched(logged.size() + 1L, 1, 10, Map.of(Evidence.CRITERION, "backup-master"))
                    .event());
        }
        if (asked instanceof Request.CompareMembers) {
            return CompletableFuture.completedFuture(
                    new Answer(lastRequest, Answer.Outcome.OK, "", "", revision, compared()));
        }
        if (asked instanceof Request.Commit commit) {
            beforeCommit.accept((int) lastRequest);
            if (commit.baseRevision() != revision) {
                return CompletableFuture.completedFuture(
                        Answer.no(lastRequest, Answer.Outcome.STALE_BASE, "the newest revision is " + revision));
            }
            boolean genesis = revision == 0;
            author = commit.author();
            decide(
                    genesis
                            ? new Content(
                                    withMember(commit.content().configuration(), SERIAL, 1),
                                    commit.content().secrets())
                            : commit.content());
            commits.put(commit.commitId(), Answer.ok(lastRequest, revision));
        }
        return CompletableFuture.completedFuture(Answer.ok(lastRequest, revision));
    }

    @Override
    public synchronized ElementSnapshot snapshot() {
        boolean formed = revision > 0;
        List<ElementSnapshot.MemberState> members = formed
                ? List.of(new ElementSnapshot.MemberState(
                        1,
                        SERIAL,
                        Role.MASTER,
                        "active",
                        true,
                        true,
                        true,
                        100,
                        new Capacity(7, 2, 2000),
                        List.of(ElectionCriterion.PROCESSORS),
                        "0.1",
                        "ab",
                        7,
                        0x1f,
                        900_000_000,
                        Verified.VERIFIED,
                        Map.of("configuration", 100, "flows", 94),
                        ProtocolVersions.OWN,
                        MemberClock.UNKNOWN))
                : List.of();
        return new ElementSnapshot(
                1_000_000_000,
                SERIAL,
                formed ? 1 : 0,
                formed ? Role.MASTER : Role.UNCONFIGURED,
                formed ? "0b2d4f60-7182-4394-a5b6-c7d8e9fa0b1c" : "",
                formed ? "demo" : "",
                formed ? 400_000_000 : 1_000_000_000,
                formed ? 1 : 0,
                formed ? 1 : 0,
                formed,
                formed,
                false,
                revision,
                formed ? "ab" : "",
                content,
                members,
                List.of(new ElementSnapshot.DiscoveredDevice(
                        "B2", "02:00:00:00:00:02", "0.1", "relay", "", "discovered", "", 500_000_000)),
                List.of(
                        new ElementSnapshot.Alarm("no-real-time-scheduling", 1, "grant CAP_SYS_NICE"),
                        new ElementSnapshot.Alarm("cluster-identity-exposed", 4, "use rotate-cluster-identity")),
                ElementSnapshot.Switchover.NONE,
                formed ? 1 : 0,
                400_000_000,
                new RevisionHistory(history, orphans()),
                formed ? sync() : BackupSync.NONE,
                Map.of("frames-dropped", 3L),
                formed ? new EventLog(9, logged) : EventLog.EMPTY,
                2,
                formed ? election() : ElectionState.NONE);
    }

    private static BackupSync sync() {
        return new BackupSync(
                2,
                BackupSync.State.LATE,
                1,
                17,
                List.of(
                        new SyncClassState("port-leases", 2, 4, 5, 5, 90, 3, 3, 0, 0, 100),
                        new SyncClassState("flows", 1, 1_000, 970, 940, 95_000, 90, 80, 30, 700_000_000, 94)));
    }

    private List<RevisionHistory.Orphan> orphans() {
        return revision == 0 ? List.of() : orphan.stream().toList();
    }

    /// Device 2 works with another name of the cluster and with another join key, device 3 is not heard.
    private List<HeldContent> compared() {
        Content altered = new Content(
                content.configuration().replace("/name = demo\n", "/name = d&mo\n"),
                content.secrets().replace("/key = 5a", "/key = 5b"));
        return List.of(
                new HeldContent(HeldContent.DECIDED, revision, "ab", content),
                new HeldContent(2, revision, "cd", altered),
                new HeldContent(3, 0, "", Content.EMPTY, "", "it is not heard"));
    }

    private static ElectionState election() {
        return new ElectionState(
                2,
                1_500,
                false,
                61_000_000_000L,
                new ElectionState.HandOver(2, ElementEvent.Reason.TERM_OVER, "so it is", "a copy"),
                1,
                2,
                DeviceSet.NONE,
                DeviceSet.of(1),
                List.of(new ElectionState.Contender(1, 90, "silent")));
    }

    /// Device 2 took over from device 3, and then device 1 from device 2.
    private static List<LoggedEvent> takeovers() {
        return List.of(
                switched(1, 2, 8, Map.of(Evidence.FROM, "3", Evidence.CRITERION, "lowest-number")),
                switched(
                        2,
                        1,
                        9,
                        Map.of(
                                Evidence.FROM,
                                "2",
                                Evidence.CRITERION,
                                "backup-master",
                                Evidence.DETECTION,
                                "101000000",
                                Evidence.DURATION,
                                "112000500",
                                Evidence.FLOWS_MOVED,
                                "12",
                                Evidence.VOTES,
                                "1,3",
                                Evidence.SILENT_PREFIX + 2,
                                "101000000",
                                Evidence.SILENT_PREFIX + 3,
                                "4000000",
                                Evidence.LOST_PREFIX + 2,
                                "silent",
                                Evidence.LOST_PREFIX + 3,
                                "not-backup-master")));
    }

    private static LoggedEvent switched(long order, int to, long epoch, Map<String, String> evidence) {
        ElementEvent event = new ElementEvent(
                "A" + to + "/1/" + order,
                ElementEvent.Kind.MASTER_SWITCHED,
                to,
                "A" + to,
                epoch,
                ElementEvent.Reason.SILENT,
                "it was not heard",
                evidence);
        return new LoggedEvent(order, epoch, event);
    }

    @Override
    public Subscription addListener(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private static String withMember(String configuration, String serial, int device) {
        String entry = MEMBER + serial + "']";
        return configuration.contains(entry) ? configuration : configuration + entry + "/id = " + device + "\n";
    }
}
