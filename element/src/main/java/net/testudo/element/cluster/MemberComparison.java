package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Answer.Outcome;
import net.testudo.element.management.Content;
import net.testudo.element.management.HeldContent;
import net.testudo.element.net.DeviceSet;
import net.testudo.element.wire.cluster.ControlMessage.InForceReply;
import net.testudo.element.wire.cluster.ControlMessage.InForceRequest;
import net.testudo.element.wire.cluster.Revision;
import org.jspecify.annotations.Nullable;

/// Asks all members what they work with, one comparison at a time, and waits a bounded time (VER-02). Who works with
/// what was decided says so by its hash alone.
final class MemberComparison {
    private static final long PATIENCE_NS = 2_000_000_000L;
    /// Of all contents that differ together.
    private static final int CHARACTERS_MAX = 4 << 20;

    private final ClusterState state;
    private final Map<Integer, InForceReply> replies = new TreeMap<>();
    private @Nullable Revision decided;
    private DeviceSet members = DeviceSet.NONE;
    private DeviceSet asked = DeviceSet.NONE;
    private long requestId;
    private long question;
    private long askedNs;

    MemberComparison(ClusterState state) {
        this.state = state;
    }

    /// Begins one; only at the serving master.
    void begin(long request, long nowNs, Effects out) {
        if (decided != null) {
            String why = "another comparison is under way";
            out.add(new Effect.Reply(Answer.no(request, Outcome.IN_PROGRESS, why)));
            return;
        }
        Revision newest = state.line().newest();
        decided = newest;
        requestId = request;
        question++;
        askedNs = nowNs;
        replies.clear();
        members = state.members();
        asked = DeviceSet.NONE;
        InForceRequest what = new InForceRequest(question, newest.header().contentHash());
        for (int d = members.first(); d != 0; d = members.next(d)) {
            if (d == state.self()) {
                out.add(new Effect.TellInForce(d, what));
                asked = asked.with(d);
            } else if (!state.isSilent(d, nowNs)) {
                out.add(new Effect.SendMessage(d, what));
                asked = asked.with(d);
            }
        }
    }

    void onReply(int device, InForceReply reply) {
        if (decided != null && reply.id() == question && asked.contains(device)) {
            replies.put(device, reply);
        }
    }

    void doWork(long nowNs, Effects out) {
        if (decided != null && (replies.size() == asked.size() || nowNs - askedNs > PATIENCE_NS)) {
            end(out);
        }
    }

    /// Answers with what was told so far: all did, the time is over, or this device is no longer master.
    void end(Effects out) {
        Revision compared = decided;
        if (compared == null) {
            return;
        }
        decided = null;
        List<HeldContent> held = new ArrayList<>();
        String hash = compared.header().contentHash().toString();
        held.add(new HeldContent(HeldContent.DECIDED, compared.number(), hash, compared.content()));
        long characters = 0;
        for (int d = members.first(); d != 0; d = members.next(d)) {
            HeldContent told = told(d, hash, CHARACTERS_MAX - characters);
            characters += told.content().characters();
            held.add(told);
        }
        replies.clear();
        out.add(new Effect.Reply(new Answer(requestId, Outcome.OK, "", "", compared.number(), held)));
    }

    private HeldContent told(int device, String decidedHash, long room) {
        InForceReply reply = replies.get(device);
        if (reply == null) {
            return none(device, asked.contains(device) ? "it was asked, and did not answer" : "it is not heard");
        }
        if (reply.number() == 0) {
            return none(device, "it has taken no configuration into use yet");
        }
        String hash = reply.hash().toString();
        String fault = "";
        if (!hash.equals(decidedHash) && reply.content().equals(Content.EMPTY)) {
            fault = "what it works with cannot be read";
        } else if (reply.content().characters() > room) {
            fault = "what differs at the members before it fills the answer";
        }
        return fault.isEmpty()
                ? new HeldContent(device, reply.number(), hash, reply.content(), reply.own(), "")
                : new HeldContent(device, reply.number(), hash, Content.EMPTY, "", fault);
    }

    private static HeldContent none(int device, String fault) {
        return new HeldContent(device, 0, "", Content.EMPTY, "", fault);
    }
}
