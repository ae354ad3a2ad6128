package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.testudo.element.cluster.history.OrphanList;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Answer.Outcome;
import net.testudo.element.management.Content;
import net.testudo.element.management.HeldContent;
import net.testudo.element.management.Request;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.Kept;
import net.testudo.element.wire.cluster.Digest;
import net.testudo.element.wire.cluster.KeptMessage;
import net.testudo.element.wire.cluster.KeptMessage.ContentReply;
import net.testudo.element.wire.cluster.KeptMessage.ContentRequest;
import net.testudo.element.wire.cluster.KeptMessage.ListReply;
import net.testudo.element.wire.cluster.KeptMessage.ListRequest;
import net.testudo.element.wire.cluster.OrphanNote;
import net.testudo.element.wire.cluster.Revision;
import net.testudo.element.wire.cluster.StatusMessage;
import org.jspecify.annotations.Nullable;

/// Decided revisions that the cluster's line does not hold. Each device keeps its own; the master knows the lists of
/// all (a status says by a mark whether a list changed), fetches contents, and has orphans dismissed.
final class Orphans {
    private static final long ASK_AGAIN_NS = 500_000_000L;
    private static final long PATIENCE_NS = 2_000_000_000L;
    private static final int WAITING_MAX = 16;

    private final ClusterState state;
    private final Map<Integer, List<OrphanNote>> known = new TreeMap<>();
    private final long[] askedNs = new long[DeviceSet.DEVICE_MAX + 1];
    private final Map<Long, Waiting> waiting = new TreeMap<>();
    private final MissedContents missed;
    private OrphanList marked = OrphanList.EMPTY;
    private long mark;
    private long question;

    /// An operator's request that another device has to answer.
    ///
    /// @param note the orphan, null if it is to be dismissed
    private record Waiting(
            long requestId, int device, @Nullable OrphanNote note, long sinceNs) {}

    Orphans(ClusterState state) {
        this.state = state;
        missed = new MissedContents(state);
        java.util.Arrays.fill(askedNs, Peer.NEVER);
    }

    /// What this device's status says of its list.
    @SuppressWarnings("ReferenceEquality") // it is immutable, and asked for at every status
    long mark() {
        OrphanList own = state.durable.orphans();
        if (own != marked) {
            marked = own;
            mark = OrphanNote.mark(own.notes());
        }
        return mark;
    }

    /// Whether this device knows of none.
    boolean isEmpty() {
        return known.isEmpty() && state.durable.orphans().orphans().isEmpty();
    }

    /// The orphans that this device knows of, by device: its own, and as master those of all members.
    Map<Integer, List<OrphanNote>> all() {
        Map<Integer, List<OrphanNote>> all = new TreeMap<>(known);
        List<OrphanNote> own = state.durable.orphans().notes();
        if (!own.isEmpty()) {
            all.put(state.self(), own);
        }
        return all;
    }

    // --- the operator

    void fetch(Request.FetchOrphan request, long nowNs, Effects out) {
        Optional<OrphanNote> note = find(request.requestId(), request.device(), request.hash(), out);
        if (note.isEmpty()) {
            return;
        }
        Digest hash = note.get().header().contentHash();
        if (request.device() == state.self()) {
            answer(
                    request.requestId(),
                    request.device(),
                    note.get(),
                    state.durable.orphans().content(hash),
                    out);
        } else {
            Waiting asked = new Waiting(request.requestId(), request.device(), note.get(), nowNs);
            ask(asked, new ContentRequest(question + 1, hash), out);
        }
    }

    void dismiss(Request.DismissOrphan request, long nowNs, Effects out) {
        Optional<OrphanNote> note = find(request.requestId(), request.device(), request.hash(), out);
        if (note.isEmpty()) {
            return;
        }
        Digest hash = note.get().header().hash();
        if (request.device() == state.self()) {
            drop(hash, out, new ClusterState.Continuation() {
                @Override
                public void run(long laterNs, Effects later) {
                    later.add(new Effect.Reply(Answer.ok(request.requestId(), 0)));
                }

                @Override
                public void failed(String reason, long laterNs, Effects later) {
                    later.add(new Effect.Reply(Answer.no(request.requestId(), Outcome.STORE_FAILED, reason)));
                }
            });
        } else {
            Waiting asked = new Waiting(request.requestId(), request.device(), null, nowNs);
            ask(asked, new ListRequest(question + 1, hash), out);
        }
    }

    private Optional<OrphanNote> find(long requestId, int device, String hash, Effects out) {
        Optional<OrphanNote> note = all().getOrDefault(device, List.of()).stream()
                .filter(known -> known.header().hash().toString().equals(hash))
                .findFirst();
        if (note.isEmpty()) {
            String why = "device " + device + " keeps no such revision: the history lists the orphans";
            out.add(new Effect.Reply(Answer.no(requestId, Outcome.REFUSED, why)));
        }
        return note;
    }

    private void ask(Waiting asked, KeptMessage message, Effects out) {
        if (waiting.size() == WAITING_MAX) {
            String why = "too many requests wait for other devices";
            out.add(new Effect.Reply(Answer.no(asked.requestId, Outcome.IN_PROGRESS, why)));
            return;
        }
        question++;
        waiting.put(question, asked);
        out.add(new Effect.SendMessage(asked.device, new Kept(message)));
    }

    private static void answer(long requestId, int device, OrphanNote note, Optional<Content> content, Effects out) {
        long number = note.header().number();
        String why = "device " + device + " does not hold the content of this revision any more";
        Answer answer = content.map(held -> new Answer(
                        requestId,
                        Outcome.OK,
                        "",
                        "",
                        number,
                        List.of(new HeldContent(
                                device, number, note.header().hash().toString(), held))))
                .orElseGet(() -> Answer.no(requestId, Outcome.REFUSED, why));
        out.add(new Effect.Reply(answer));
    }

    private void drop(Digest hash, Effects out, ClusterState.Continuation then) {
        state.durable = state.durable.withOrphans(state.durable.orphans().without(hash));
        state.persist(out, then);
    }

    // --- other devices

    void onMessage(int from, KeptMessage message, Effects out) {
        switch (message) {
            case ListRequest m -> onListRequest(from, m, out);
            case ListReply m -> onListReply(from, m, out);
            case ContentRequest m -> Revisions.tell(state, from, m, out);
            case ContentReply m -> onContentReply(from, m, out);
        }
    }

    private void onListRequest(int from, ListRequest request, Effects out) {
        if (request.dismissed().equals(Digest.ZERO)) {
            tell(from, request, out);
        } else if (from == state.followed) {
            drop(request.dismissed(), out, (_, later) -> tell(from, request, later));
        } else {
            state.count("dismissal-refused");
        }
    }

    private void tell(int to, ListRequest request, Effects out) {
        List<OrphanNote> own = state.durable.orphans().notes();
        out.add(new Effect.SendMessage(to, new Kept(new ListReply(request.id(), own))));
    }

    private void onListReply(int from, ListReply reply, Effects out) {
        if (!state.master) {
            return;
        }
        known.put(from, reply.orphans());
        Waiting asked = waiting.get(reply.id());
        if (asked != null && asked.device == from && asked.note == null) {
            waiting.remove(reply.id());
            out.add(new Effect.Reply(Answer.ok(asked.requestId, 0)));
        }
    }

    private void onContentReply(int from, ContentReply reply, Effects out) {
        missed.onReply(from, reply, out);
        Waiting asked = waiting.get(reply.id());
        if (asked != null && asked.device == from && asked.note != null) {
            waiting.remove(reply.id());
            Digest hash = asked.note.header().contentHash();
            Optional<Content> content = Optional.of(reply.content())
                    .filter(told -> reply.held() && Revision.hash(told).equals(hash));
            answer(asked.requestId, from, asked.note, content, out);
        }
    }

    // --- the master

    void doWork(long nowNs, Effects out) {
        missed.doWork(nowNs, out);
        if (!state.master) {
            known.clear();
            return;
        }
        DeviceSet others = state.others();
        if (!known.isEmpty()) {
            known.keySet().removeIf(device -> !others.contains(device));
        }
        for (int d = others.first(); d != 0; d = others.next(d)) {
            StatusMessage status = state.peer(d).status;
            boolean differs = status != null
                    && !state.isSilent(d, nowNs)
                    && status.orphans() != OrphanNote.mark(known.getOrDefault(d, List.of()));
            if (differs && nowNs - askedNs[d] >= ASK_AGAIN_NS) {
                askedNs[d] = nowNs;
                out.add(new Effect.SendMessage(d, new Kept(new ListRequest(0, Digest.ZERO))));
            }
        }
        if (!waiting.isEmpty()) {
            giveUp(nowNs, out);
        }
    }

    private void giveUp(long nowNs, Effects out) {
        for (Map.Entry<Long, Waiting> asked : new ArrayList<>(waiting.entrySet())) {
            if (nowNs - asked.getValue().sinceNs > PATIENCE_NS) {
                waiting.remove(asked.getKey());
                unknown(asked.getValue(), out);
            }
        }
    }

    void masterEnded(Effects out) {
        waiting.values().forEach(asked -> unknown(asked, out));
        waiting.clear();
    }

    private static void unknown(Waiting asked, Effects out) {
        String why = "device " + asked.device + " did not answer";
        out.add(new Effect.Reply(Answer.no(asked.requestId, Outcome.OUTCOME_UNKNOWN, why)));
    }
}
