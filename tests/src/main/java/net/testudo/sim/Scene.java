package net.testudo.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ConfigDocument;
import net.testudo.element.config.ConfigPath;
import net.testudo.element.management.Answer;
import net.testudo.element.management.Author;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.LoggedEvent;
import net.testudo.element.management.Request;
import net.testudo.element.management.RevisionHistory;
import net.testudo.sim.check.Checkers;
import net.testudo.sim.check.CommitsKept;
import net.testudo.sim.traffic.Conversation;
import net.testudo.sim.traffic.DataTraffic;
import net.testudo.sim.traffic.Owners;
import net.testudo.sim.traffic.Protocol;
import net.testudo.sim.world.DeviceProfile;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimWorld;
import org.jspecify.annotations.Nullable;

/// A world without chance for scripted cases: asks devices for things, waits for the answer, and describes what it
/// sees in words. The checkers watch here too, unless a scenario shows what they forbid.
public final class Scene implements Observer {
    private static final long SEED = 1;
    private static final Pattern MEMBER = Pattern.compile("\\[(\\d)]");
    private static final Author OPERATOR = new Author("ops", "7", "");
    private static final long STEP_NS = 1_000_000L;
    private static final long SETTLE_NS = 500_000_000L;
    private static final long TENTH_NS = 100_000_000L;
    private static final long PATIENCE_NS = 10_000_000_000L;

    private final SimWorld world;
    private final FirstConfiguration first;
    private final DataTraffic traffic;
    private final List<String> events = new ArrayList<>();
    private @Nullable Answer answer;
    private long requests;
    private long commits;

    /// @param witness `both`, `outside`, `inside` or `none`: the networks whose host is configured as witness
    /// @param liveness the same for the networks on which status travels too
    /// @param autoJoin whether devices join without being asked for
    /// @param checked whether the checkers watch: not where the scenario shows what no rule can prevent
    /// @param serials of the devices
    public Scene(String witness, String liveness, boolean autoJoin, boolean checked, List<String> serials) {
        world = new SimWorld(
                SEED,
                serials.stream()
                        .map(serial -> DeviceProfile.calm(serial, Setup.REAL_TIME))
                        .toList());
        first = new FirstConfiguration(serials, networks(liveness), networks(witness), autoJoin, List.of());
        traffic = new DataTraffic(world, world.splitRandom());
        traffic.setPace(DataTraffic.Pace.FAST);
        world.observe(this);
        if (checked) {
            Checkers.on(world);
        }
    }

    /// Starts all devices.
    public void start() {
        world.devices().forEach(SimDevice::start);
    }

    private static List<String> networks(String word) {
        return SimWorld.DATA_NETWORKS.stream()
                .filter(name -> word.equals("both") || word.equals(name))
                .toList();
    }

    /// The world it plays in.
    public SimWorld world() {
        return world;
    }

    /// Forms a cluster of all devices, without a word about it.
    ///
    /// @throws IllegalStateException if that does not succeed
    public void form() {
        commitFirst(1);
        for (SimDevice device : world.devices().subList(1, world.devices().size())) {
            if (await(() -> master() == 1 && isDiscovered(device.serial()))) {
                join(1, device.serial());
            }
        }
        if (!await(() -> Convergence.missing(world) == null)) {
            throw new IllegalStateException(Convergence.missing(world) + ": " + Convergence.describe(world));
        }
        advance(SETTLE_NS);
        events.clear();
    }

    /// Lets time pass.
    public void advance(long durationNs) {
        world.queue().runUntil(world.queue().nowNs() + durationNs);
    }

    /// Number of the device that serves as master, 0 if none does.
    public int master() {
        return world.devices().stream()
                .filter(SimDevice::masterServing)
                .mapToInt(SimDevice::number)
                .findFirst()
                .orElse(0);
    }

    /// Forms a cluster at a device.
    public String commitFirst(int device) {
        return ask(device, new Request.Commit(++requests, "c" + requests, 0, marked(first.content()), OPERATOR));
    }

    /// Commits a change at a device, made from the revision it shows.
    ///
    /// @param leaves `LEAF:VALUE` below the cluster's container, without a value to remove the leaf, `LEAF:+VALUE`
    ///   to add an entry to a leaf-list; `member[2]` is the entry of the second device
    public String commit(int device, List<String> leaves) {
        ElementSnapshot snapshot =
                device == 0 ? null : world.device(device).management().newest();
        return snapshot == null
                ? "commit: nobody to ask"
                : ask(
                        device,
                        new Request.Commit(
                                ++requests,
                                "c" + requests,
                                snapshot.revision(),
                                marked(edited(snapshot.content(), leaves)),
                                OPERATOR));
    }

    private Content edited(Content content, List<String> leaves) {
        ConfigDocument document = ((ConfigDocument.Valid) ConfigDocument.parse(content.configuration())).document();
        for (String leaf : leaves) {
            int colon = leaf.lastIndexOf(':');
            Matcher member = MEMBER.matcher(ClusterConfig.CLUSTER + "/" + leaf.substring(0, colon));
            String path = member.replaceAll(found -> "[serial='" + serial(found.group(1)) + "']");
            String value = leaf.substring(colon + 1);
            document = value.isEmpty()
                    ? document.without(path)
                    : value.startsWith("+")
                            ? document.with(ConfigPath.entry(path, ".", value.substring(1)))
                            : document.with(path, value);
        }
        return new Content(document.text(), content.secrets());
    }

    /// Asks `device` for the content of a decided revision.
    public String revision(int device, long number) {
        return ask(device, new Request.FetchRevision(++requests, number)) + marker();
    }

    /// Asks `device` for the content of the newest orphan that it knows of, or to dismiss it.
    public String orphan(int device, boolean dismiss) {
        ElementSnapshot snapshot =
                device == 0 ? null : world.device(device).management().newest();
        if (snapshot == null || snapshot.history().orphans().isEmpty()) {
            return device + " knows of no orphan";
        }
        RevisionHistory.Orphan orphan = snapshot.history().orphans().getFirst();
        String hash = orphan.revision().hash();
        String answered = ask(
                device,
                dismiss
                        ? new Request.DismissOrphan(++requests, orphan.device(), hash)
                        : new Request.FetchOrphan(++requests, orphan.device(), hash));
        return answered + marker();
    }

    private String marker() {
        Answer given = answer;
        return given == null || given.held().isEmpty()
                ? ""
                : ": " + CommitsKept.markerOf(given.held().getFirst().content().configuration());
    }

    /// Asks `device` to compare what the members work with.
    public List<String> compare(int device) {
        String answered = ask(device, new Request.CompareMembers(++requests));
        return answer == null ? List.of(answered) : ComparedMembers.lines(answered, answer, world.device(device));
    }

    /// Asks `device` to admit another, named by its number in the world or its serial number.
    public String join(int device, String whom) {
        return ask(device, new Request.Join(++requests, serial(whom)));
    }

    /// Asks `device` to take another out, or itself if `whom` is empty.
    public String leave(int device, String whom) {
        return ask(device, new Request.Leave(++requests, whom.isEmpty() ? "" : serial(whom)));
    }

    /// Asks `device` to replace one by another.
    public String replace(int device, String whom, String by) {
        return ask(device, new Request.Replace(++requests, serial(whom), serial(by)));
    }

    /// Asks `device` to put another, or itself, into maintenance.
    public String deactivate(int device, String whom, String reason) {
        return ask(device, new Request.Deactivate(++requests, serial(whom), reason));
    }

    /// Asks `device` to put another, or itself, into service again.
    public String activate(int device, String whom) {
        return ask(device, new Request.Activate(++requests, serial(whom)));
    }

    /// Asks `device` to replace secrets that all know.
    public String rotate(int device, boolean hostKey, boolean joinKeys) {
        String key = hostKey ? "bmV3" + requests : "";
        return ask(device, new Request.RotateIdentity(++requests, key, joinKeys, OPERATOR));
    }

    /// Asks `device` to let what another one knows be.
    public String waive(int device, int whom, String reason) {
        return ask(device, new Request.WaiveExposure(++requests, whom, reason, OPERATOR));
    }

    /// Asks `device` to hand over the master's role.
    public String failover(int device, String reason) {
        return ask(device, new Request.Failover(++requests, 0, 0, reason));
    }

    /// Asks `device` to make another one master.
    public String elect(int device, int target, String reason) {
        return ask(device, new Request.Failover(++requests, 0, target, reason));
    }

    /// Tells `device` that a session holds the lock of running, or that nobody does any more.
    public String lock(int device, boolean held) {
        return ask(device, new Request.RunningLock(++requests, held ? "session 7 of user ops" : ""));
    }

    /// Asks `device` to serve alone.
    public String formAlone(int device, String reason) {
        return ask(device, new Request.FormAlone(++requests, reason));
    }

    /// Asks `device` to forget everything.
    public String factoryReset(int device) {
        return ask(device, new Request.FactoryReset(++requests));
    }

    /// Describes something in words: `roles`, `revisions`, `history`, `orphans`, `verification`, `health`, `capacity`,
    /// `members`, `backup-sync`, `versions`, `clocks`, `election`, `alarms`, `discovered`; or the `events` or
    /// `flows` since the last time.
    ///
    /// @throws IllegalArgumentException if `what` is none of these
    public List<String> show(String what) {
        return switch (what) {
            case "flows" -> flows();
            case "events" -> {
                List<String> shown = List.copyOf(events);
                events.clear();
                yield shown;
            }
            default ->
                world.devices().stream()
                        .flatMap(device -> DeviceWords.of(what, device).stream())
                        .toList();
        };
    }

    /// The newest records of the event log of a device, one line each.
    public List<String> log(int device, int newest) {
        ElementSnapshot snapshot = world.device(device).snapshot();
        if (snapshot == null) {
            return List.of(device + " " + DeviceWords.words(world.device(device).state()));
        }
        EventLog log = snapshot.log();
        List<String> lines = new ArrayList<>();
        int count = log.records().size();
        lines.add(device + " holds " + count + " records of epoch " + log.epoch());
        log.records().stream()
                .skip(Math.max(0, count - newest))
                .forEach(record -> lines.add(record.order() + " " + told(record.event())));
        return lines;
    }

    /// What the newest record of a failover says, in the log of a device: durations by their names only, as they differ
    /// with every change of the protocol.
    public List<String> explain(int device) {
        ElementSnapshot snapshot = world.device(device).snapshot();
        List<String> lines = new ArrayList<>();
        for (LoggedEvent logged :
                snapshot == null ? List.<LoggedEvent>of() : snapshot.log().records()) {
            ElementEvent event = logged.event();
            if (event.kind() == ElementEvent.Kind.MASTER_SWITCHED) {
                lines.clear();
                lines.add(device + ": master-switched " + event.device() + ", " + DeviceWords.words(event.reason()));
                event.evidence()
                        .forEach((name, value) -> lines.add("  " + name + (name.contains("-ns") ? "" : " " + value)));
            }
        }
        return lines;
    }

    /// A device tells its agent of what others reported too; here it is shown where it happened.
    @Override
    public void onEvent(SimDevice device, ElementEvent event) {
        if (event.id().startsWith(device.serial() + "/")) {
            events.add(device.number() + ": " + told(event));
        }
    }

    private static String told(ElementEvent event) {
        String subject = event.device() == 0 ? "" : " " + event.device();
        String about = subject.isEmpty() && !event.serial().isEmpty() ? " " + event.serial() : subject;
        return DeviceWords.words(event.kind()) + about + (event.cause().isEmpty() ? "" : " (" + event.cause() + ")");
    }

    @Override
    public void onAnswer(SimDevice device, @Nullable Request request, Answer given) {
        answer = given;
    }

    /// Opens a flow and waits until it is answered.
    ///
    /// @param protocol `tcp`, `udp` or `icmp`
    /// @param from `client` (outside) or `server` (inside)
    /// @param farPort port of the other one that is called
    /// @throws IllegalArgumentException if there is no such protocol or host
    public String flow(String protocol, String from, int farPort) {
        if (!from.equals("client") && !from.equals("server")) {
            throw new IllegalArgumentException("a flow begins at client or server, not at " + from);
        }
        Conversation flow = traffic.open(
                Protocol.valueOf(protocol.toUpperCase(Locale.ROOT)),
                from.equals("client") ? DataTraffic.OUTSIDE : DataTraffic.INSIDE,
                farPort);
        await(() -> flow.isOpen() || flow.isEnded());
        return describe(flow);
    }

    /// Ends a flow, by FIN if it is TCP.
    public void endFlow(int flow) {
        traffic.end(traffic.all().get(flow - 1), false);
        advance(SETTLE_NS);
    }

    private List<String> flows() {
        List<String> shown = traffic.all().stream()
                .map(flow -> describe(flow) + ", waited "
                        + tenths(flow.longestWaitNs(world.queue().nowNs())))
                .toList();
        traffic.forgetWaits();
        return shown;
    }

    /// In steps, so that a scenario does not change with every millisecond.
    private static String tenths(long durationNs) {
        long tenths = durationNs / TENTH_NS;
        return tenths == 0 ? "less than 100 ms" : tenths + "00 to " + (tenths + 1) + "00 ms";
    }

    private String describe(Conversation flow) {
        return "flow " + flow.flow() + " " + DeviceWords.words(flow.protocol()) + " to " + flow.far() + " "
                + DeviceWords.words(flow.state()) + ", seen from " + flow.seenFrom() + ", carried by "
                + Owners.describe(world, flow);
    }

    private String ask(int device, Request request) {
        if (device == 0) {
            return "nobody serves as master";
        }
        answer = null;
        world.device(device).management().submit(request);
        await(() -> answer != null);
        Answer given = answer;
        if (given == null) {
            return device + " gives no answer";
        }
        return device + " answers " + DeviceWords.words(given.outcome())
                + (given.revision() == 0 ? "" : " revision " + given.revision())
                + (given.message().isEmpty() ? "" : ": " + given.message());
    }

    private boolean await(BooleanSupplier reached) {
        long untilNs = world.queue().nowNs() + PATIENCE_NS;
        while (!reached.getAsBoolean()) {
            if (world.queue().nowNs() >= untilNs) {
                return false;
            }
            advance(STEP_NS);
        }
        return true;
    }

    private Content marked(Content content) {
        return CommitsKept.mark(content, ++commits);
    }

    private String serial(String whom) {
        return whom.matches("\\d") ? world.device(Integer.parseInt(whom)).serial() : whom;
    }

    private boolean isDiscovered(String serial) {
        ElementSnapshot snapshot = world.device(1).management().newest();
        return snapshot != null
                && snapshot.discovered().stream()
                        .anyMatch(d -> d.serial().equals(serial) && d.state().equals("discovered"));
    }
}
