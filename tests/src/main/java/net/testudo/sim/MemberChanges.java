package net.testudo.sim;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ConfigDocument;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.ElementSnapshot.MemberState;
import net.testudo.element.management.Request;
import net.testudo.element.management.Role;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;
import org.jspecify.annotations.Nullable;

/// What operators change about members: who is one, who is in maintenance, who may lead. And how they put in order
/// what they or the faults left behind.
final class MemberChanges {
    private static final String ELECTION = ClusterConfig.CLUSTER + "/testudo-election:election/";
    private static final String MAINTENANCE = "/admin-state = maintenance";
    private static final String DEAD_TIME = ClusterConfig.CLUSTER + "/timing/dead-time";
    private static final int DEAD_MS_MIN = 25;
    private static final int DEAD_MS_MAX = 250;
    private static final int PRIORITY_MAX = 200;

    private final SimWorld world;
    private final RandomGenerator random;

    /// @param random its own stream
    MemberChanges(SimWorld world, RandomGenerator random) {
        this.world = world;
        this.random = random;
    }

    /// A request about a member, or null if there is nothing to ask.
    @Nullable
    Request any(long requestId, ElementSnapshot snapshot) {
        MemberState member =
                snapshot.members().get(random.nextInt(snapshot.members().size()));
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Request.Deactivate(requestId, member.serial(), "simulated");
            case 3, 4 -> activation(requestId, snapshot);
            case 5 -> new Request.Leave(requestId, member.serial());
            default -> order(requestId, snapshot);
        };
    }

    /// What brings the cluster nearer to what it should be: every device a member in service and nobody else one. Null
    /// if nothing does.
    @Nullable
    Request order(long requestId, ElementSnapshot snapshot) {
        for (MemberState member : snapshot.members()) {
            SimDevice successor = successor(member.serial());
            if (successor != null) {
                return isMember(snapshot, successor.serial())
                        ? new Request.Leave(requestId, member.serial())
                        : new Request.Replace(requestId, member.serial(), successor.serial());
            }
        }
        return activation(requestId, snapshot);
    }

    /// The configuration that members can be admitted and replaced with, or null if it is in force.
    @Nullable
    Content preparation(ElementSnapshot snapshot) {
        Content keyed = withJoinKeys(snapshot);
        return keyed == null ? withOtherTieBreaker(snapshot.content()) : keyed;
    }

    /// The configuration with the join keys of all devices, or null if it has them: who was replaced has none any
    /// more.
    private @Nullable Content withJoinKeys(ElementSnapshot snapshot) {
        String missing = world.devices().stream()
                .filter(device -> !isMember(snapshot, device.serial()))
                .map(device -> ClusterConfig.JOIN_KEYS + "[serial='" + device.serial() + "']/key = "
                        + device.profile().joinKey() + "\n")
                .filter(line -> !snapshot.content().secrets().contains(line))
                .collect(Collectors.joining());
        Content content = snapshot.content();
        return missing.isEmpty() ? null : new Content(content.configuration(), content.secrets() + missing);
    }

    /// The configuration with another tie-breaker, if the one that it names was exchanged and is to be replaced, else
    /// null.
    private @Nullable Content withOtherTieBreaker(Content content) {
        ConfigDocument document = document(content);
        String named = document.value(ELECTION + "tie-breaker/member").orElse("");
        return successor(named) == null
                ? null
                : new Content(withTieBreaker(document, "master").text(), content.secrets());
    }

    /// Lets a device in that was heard: mostly as replacement, if it stands where a member stood.
    Request admission(long requestId, ElementSnapshot snapshot, String serial) {
        for (MemberState member : snapshot.members()) {
            SimDevice successor = successor(member.serial());
            if (successor != null && successor.serial().equals(serial) && random.nextInt(3) > 0) {
                return new Request.Replace(requestId, member.serial(), serial);
            }
        }
        return new Request.Join(requestId, serial);
    }

    /// Asks a device that is in maintenance, while nobody leads, to serve again.
    @Nullable
    Request activationOfItself(long requestId, SimDevice device) {
        ElementSnapshot snapshot = device.management().newest();
        return snapshot != null && snapshot.role() == Role.NON_MEMBER
                ? new Request.Activate(requestId, device.serial())
                : null;
    }

    private static @Nullable Request activation(long requestId, ElementSnapshot snapshot) {
        return snapshot.members().stream()
                .map(MemberState::serial)
                .filter(serial -> isDeactivated(snapshot, serial))
                .findFirst()
                .map(serial -> new Request.Activate(requestId, serial))
                .orElse(null);
    }

    private static boolean isDeactivated(ElementSnapshot snapshot, String serial) {
        return snapshot.content().configuration().contains("member[serial='" + serial + "']" + MAINTENANCE);
    }

    private static boolean isMember(ElementSnapshot snapshot, String serial) {
        return snapshot.members().stream().anyMatch(m -> m.serial().equals(serial));
    }

    /// The device that stands where the one with this serial number stood, or null if that one is there.
    private @Nullable SimDevice successor(String serial) {
        return world.devices().stream()
                .filter(device -> device.profile().exchanged().serial().equals(serial))
                .findFirst()
                .orElse(null);
    }

    /// `content` with another wish of the operator about who leads, or when a silent device counts as dead.
    Content withCriteria(Content content, List<MemberState> members) {
        ConfigDocument document = document(content);
        String serial = members.get(random.nextInt(members.size())).serial();
        ConfigDocument edited = switch (random.nextInt(5)) {
            case 0 ->
                document.with(
                        ClusterConfig.MEMBERS + "[serial='" + serial + "']/testudo-election:priority",
                        Integer.toString(1 + random.nextInt(PRIORITY_MAX)));
            case 1 ->
                document.with(ELECTION + "preemption/enabled", Boolean.toString(random.nextBoolean()))
                        .with(ELECTION + "preemption/hold-time", "1");
            case 2 ->
                random.nextBoolean()
                        ? document.with(ELECTION + "max-term", Integer.toString(1 + random.nextInt(4)))
                        : document.without(ELECTION + "max-term");
            case 3 ->
                random.nextInt(4) > 0
                        ? document.with(
                                DEAD_TIME, Integer.toString(DEAD_MS_MIN + random.nextInt(DEAD_MS_MAX - DEAD_MS_MIN)))
                        : document.without(DEAD_TIME);
            default -> tieBreaker(document, serial);
        };
        return new Content(edited.text(), content.secrets());
    }

    private ConfigDocument tieBreaker(ConfigDocument document, String serial) {
        String choice = Stream.of("master", "backup-master", "member")
                .skip(random.nextInt(3))
                .findFirst()
                .orElseThrow();
        ConfigDocument chosen = withTieBreaker(document, choice);
        return choice.equals("member") ? chosen.with(ELECTION + "tie-breaker/member", serial) : chosen;
    }

    private static ConfigDocument withTieBreaker(ConfigDocument document, String choice) {
        return document.with(ELECTION + "tie-breaker/choice", choice).without(ELECTION + "tie-breaker/member");
    }

    private static ConfigDocument document(Content content) {
        return ((ConfigDocument.Valid) ConfigDocument.parse(content.configuration())).document();
    }
}
