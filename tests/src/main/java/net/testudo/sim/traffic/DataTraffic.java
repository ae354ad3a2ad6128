package net.testudo.sim.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.testudo.sim.world.EventQueue;
import net.testudo.sim.world.SimHost;
import net.testudo.sim.world.SimWorld;

/// The traffic of the hosts: opens, uses and ends conversations, by its own random stream or as it is told.
public final class DataTraffic {
    /// Index of the network of the client.
    public static final int OUTSIDE = 0;
    /// Index of the network of the server.
    public static final int INSIDE = 1;

    private static final long MS = 1_000_000L;
    private static final int LIVE_MAX = 10;
    private static final long OPEN_NS = 250 * MS;
    private static final long LIFE_NS = 4_000 * MS;
    private static final long LOST_NS = 3_000 * MS;
    private static final int OUTSIDE_PORT = 7000;
    private static final int SERVED_PORT = 5000;
    private static final int SERVED_PORTS = 8;
    private static final int FIRST_PORT = 40_000;
    private static final int PORTS = 20_000;

    private final EventQueue queue;
    private final RandomGenerator random;
    private final List<SimHost> hosts;
    private final List<Answerer> answerers = new ArrayList<>();
    private final List<Conversation> all = new ArrayList<>();
    private final Map<Integer, Conversation> live = new HashMap<>();
    private Pace pace = Pace.SLOW;
    private int transmissions;
    private boolean opening;

    /// How fast messages follow.
    ///
    /// @param pauseNs from an answer to the next message
    /// @param repeatNs from a message to its first repetition
    /// @param repeatNsMax longest time between two repetitions, each twice the one before
    public record Pace(long pauseNs, long repeatNs, long repeatNsMax) {
        /// Light for long runs.
        public static final Pace SLOW = new Pace(250 * MS, 60 * MS, 480 * MS);
        /// To measure interruptions, to about 10 ms.
        public static final Pace FAST = new Pace(40 * MS, 10 * MS, 10 * MS);
    }

    /// @param random its own stream
    public DataTraffic(SimWorld world, RandomGenerator random) {
        this.queue = world.queue();
        this.random = random;
        this.hosts = world.ends();
        for (int i = 0; i < hosts.size(); i++) {
            int network = i;
            answerers.add(new Answerer());
            hosts.get(i).receiver(frame -> receive(network, frame));
        }
    }

    /// Begins to open and end conversations by chance, until [#pause].
    public void begin() {
        if (!opening) {
            opening = true;
            scheduleOpening();
        }
    }

    /// Opens and ends none by chance any more.
    public void pause() {
        opening = false;
    }

    /// Sets how fast messages follow from now on.
    public void setPace(Pace newPace) {
        pace = newPace;
    }

    /// The conversations that still go on, in the order they were opened.
    public List<Conversation> live() {
        return all.stream().filter(c -> !c.isEnded()).toList();
    }

    /// All conversations there ever were, in the order they were opened.
    public List<Conversation> all() {
        return List.copyOf(all);
    }

    /// Measures interruptions anew.
    public void forgetWaits() {
        all.forEach(Conversation::forgetWaits);
    }

    /// Opens a conversation.
    ///
    /// @param fromNetwork [#OUTSIDE] or [#INSIDE]: where it begins
    /// @param farPort port that is called
    public Conversation open(Protocol protocol, int fromNetwork, int farPort) {
        int flow = all.size() + 1;
        // the server is reached at the cluster's own address, the client at its
        int farAddress = fromNetwork == OUTSIDE
                ? hosts.get(OUTSIDE).gateway()
                : hosts.get(OUTSIDE).address();
        int port = FIRST_PORT + flow % PORTS;
        Conversation conversation = new Conversation(flow, protocol, fromNetwork, port, farAddress, farPort);
        all.add(conversation);
        live.put(flow, conversation);
        say(conversation, 0, pace.repeatNs);
        return conversation;
    }

    /// Opens a conversation of any kind.
    public Conversation openAny() {
        int kind = random.nextInt(10);
        int fromNetwork = random.nextInt(2);
        Protocol protocol = kind < 6 ? Protocol.TCP : kind < 9 || fromNetwork == OUTSIDE ? Protocol.UDP : Protocol.ICMP;
        int farPort = fromNetwork == OUTSIDE ? SERVED_PORT + random.nextInt(SERVED_PORTS) : OUTSIDE_PORT;
        return open(protocol, fromNetwork, farPort);
    }

    /// Ends a conversation: TCP by FIN or RST, others by silence.
    public void end(Conversation conversation, boolean reset) {
        if (conversation.protocol() != Protocol.TCP || reset || conversation.state() == Conversation.State.OPENING) {
            if (conversation.protocol() == Protocol.TCP) {
                SimHost host = hosts.get(conversation.fromNetwork());
                transmit(host, conversation.reset(host.address(), ++transmissions));
            }
            finish(conversation, Conversation.State.OVER);
        } else if (conversation.isOpen()) {
            conversation.close();
        }
    }

    private void scheduleOpening() {
        queue.after(OPEN_NS / 4 + random.nextLong(OPEN_NS * 3 / 2), () -> {
            if (opening) {
                if (live.size() < LIVE_MAX) {
                    Conversation opened = openAny();
                    long lifeNs = LIFE_NS / 8 + random.nextLong(2 * LIFE_NS);
                    boolean reset = random.nextInt(5) == 0;
                    queue.after(lifeNs, () -> expire(opened, reset));
                }
                scheduleOpening();
            }
        });
    }

    private void expire(Conversation conversation, boolean reset) {
        if (opening && !conversation.isEnded()) {
            end(conversation, reset);
        }
    }

    private void say(Conversation conversation, int number, long againNs) {
        if (conversation.isEnded() || conversation.number() != number || conversation.isAnswered()) {
            return;
        }
        long nowNs = queue.nowNs();
        if (conversation.waitNs(nowNs) > LOST_NS) {
            finish(conversation, Conversation.State.LOST);
            return;
        }
        SimHost host = hosts.get(conversation.fromNetwork());
        transmit(host, conversation.message(host.address(), ++transmissions, nowNs));
        if (conversation.protocol() == Protocol.TCP) {
            queue.after(againNs, () -> say(conversation, number, Math.min(2 * againNs, pace.repeatNsMax)));
        } else {
            queue.after(pace.pauseNs, () -> goOn(conversation, number));
        }
    }

    private void goOn(Conversation conversation, int number) {
        if (!conversation.isEnded() && conversation.number() == number) {
            conversation.next();
            say(conversation, number + 1, pace.repeatNs);
        }
    }

    private void finish(Conversation conversation, Conversation.State how) {
        conversation.end(how);
        live.remove(conversation.flow());
    }

    private void receive(int network, byte[] frame) {
        TaggedPacket packet = TaggedPacket.of(frame);
        if (packet == null) {
            return;
        }
        if (!packet.tag().isAnswer()) {
            all.get(packet.tag().flow() - 1).onSeen(TaggedPacket.end(packet.source(), packet.sourcePort()));
            TaggedPacket answer = answerers.get(network).answer(packet, ++transmissions);
            if (answer != null) {
                transmit(hosts.get(network), answer);
            }
            return;
        }
        Conversation conversation = live.get(packet.tag().flow());
        if (conversation == null || conversation.fromNetwork() != network || !conversation.isPeer(packet)) {
            return;
        }
        int number = conversation.number();
        boolean isFirst = conversation.onAnswer(packet, queue.nowNs());
        if (conversation.isEnded()) {
            live.remove(conversation.flow());
        } else if (isFirst && conversation.protocol() == Protocol.TCP) {
            queue.after(pace.pauseNs, () -> goOn(conversation, number));
        }
    }

    private static void transmit(SimHost host, TaggedPacket packet) {
        long gatewayMac = host.gatewayMac();
        if (gatewayMac != 0) {
            host.transmit(packet.toFrame(host.mac(), gatewayMac));
        }
    }
}
