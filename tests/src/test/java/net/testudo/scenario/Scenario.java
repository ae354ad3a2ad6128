package net.testudo.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.SystemClock;
import net.testudo.element.net.ProtocolVersions;
import net.testudo.sim.Scene;
import net.testudo.sim.fault.AlteredMemory;
import net.testudo.sim.fault.HungBulk;
import net.testudo.sim.world.SimDevice;
import net.testudo.sim.world.SimHost;
import net.testudo.sim.world.SimNetwork;
import net.testudo.sim.world.SimPort;

/// Executes the commands of one scenario on a simulated world without chance: no loss, even delays, perfect clocks.
final class Scenario {
    private final List<String> output = new ArrayList<>();
    private final Map<Integer, HungBulk> hung = new HashMap<>();
    private Scene scene = new Scene("", "", false, true, List.of());

    /// Executes commands in order.
    ///
    /// @return what they print
    List<String> execute(List<String> commands) {
        output.clear();
        for (String command : commands) {
            Words words = new Words(command);
            if (!setUp(words) && !breakOrRepair(words) && !ask(words)) {
                output.addAll(scene.show(words.verb()));
            }
        }
        return List.copyOf(output);
    }

    private boolean setUp(Words words) {
        switch (words.verb()) {
            case "devices", "cluster" -> {
                int count = words.verb().equals("devices")
                        ? words.number(1)
                        : Integer.parseInt(words.named("devices", "3"));
                List<String> serials = new ArrayList<>();
                for (int i = 1; i <= count; i++) {
                    serials.add(words.named("serial" + i, "S" + i));
                }
                boolean autoJoin = words.named("auto-join", "no").equals("yes");
                boolean checked = words.named("checked", "yes").equals("yes");
                scene = new Scene(
                        words.named("witness", "both"), words.named("liveness", "both"), autoJoin, checked, serials);
                for (int i = 1; i <= count; i++) {
                    install(i, words.named("version" + i, ""));
                }
                scene.start();
                if (words.verb().equals("cluster")) {
                    scene.form();
                }
            }
            case "advance" -> scene.advance(Words.durationNs(words.at(1, "")));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean breakOrRepair(Words words) {
        switch (words.verb()) {
            case "kill" -> device(words).crash();
            case "start" -> {
                install(words.number(1), words.named("version", ""));
                device(words).start();
            }
            case "skew" -> device(words).skewWallClock(Words.durationNs(words.at(2, "")) / 1_000_000);
            case "ntp" -> device(words).setSystemClock(systemClock(words.at(2, "")));
            case "stall" -> device(words).stall();
            case "continue" -> device(words).resume();
            case "disk" -> disk(words);
            case "alter" -> alter(words);
            case "measure" -> measure(words);
            case "hang-bulk" -> hangBulk(words);
            case "unplug", "plug" ->
                plug(device(words), words.at(2, "all"), words.verb().equals("plug"));
            case "cut", "heal" -> {
                boolean isCut = words.verb().equals("cut");
                boolean oneWay = words.has("one-way");
                String network = words.at(3, "all").equals("one-way") ? "all" : words.at(3, "all");
                cut(words.number(1), words.at(2, ""), network, isCut);
                if (!oneWay) {
                    cutBack(words.number(1), words.at(2, ""), network, isCut);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean ask(Words words) {
        switch (words.verb()) {
            case "form" -> output.add(scene.commitFirst(words.number(1)));
            case "commit" -> commit(words);
            case "compare" -> output.addAll(scene.compare(at(words)));
            case "orphan" -> output.add(scene.orphan(at(words), words.has("dismiss")));
            case "revision" -> output.add(scene.revision(at(words), words.number(1)));
            case "join" -> output.add(scene.join(at(words), words.at(1, "")));
            case "leave" -> output.add(scene.leave(at(words), words.at(1, "")));
            case "replace" -> output.add(scene.replace(at(words), words.at(1, ""), words.at(2, "")));
            case "deactivate" -> output.add(scene.deactivate(at(words), words.at(1, ""), words.named("reason", "")));
            case "activate" -> output.add(scene.activate(at(words), words.at(1, "")));
            case "rotate" -> output.add(scene.rotate(at(words), words.has("host-key"), words.has("join-keys")));
            case "waive" -> output.add(scene.waive(at(words), words.number(1), words.named("reason", "")));
            case "request-failover" -> output.add(scene.failover(at(words), words.named("reason", "")));
            case "elect" -> output.add(scene.elect(at(words), words.number(1), words.named("reason", "")));
            case "lock", "unlock" ->
                output.add(scene.lock(words.number(1), words.verb().equals("lock")));
            case "form-alone" -> output.add(scene.formAlone(words.number(1), words.named("reason", "")));
            case "explain" -> output.addAll(scene.explain(words.number(1)));
            case "log" -> output.addAll(scene.log(words.number(1), Integer.parseInt(words.named("newest", "256"))));
            case "flow" ->
                output.add(scene.flow(words.at(1, "tcp"), words.at(2, "client"), Integer.parseInt(words.at(4, "0"))));
            case "end" -> scene.endFlow(words.number(1));
            case "factory-reset" -> output.add(scene.factoryReset(words.number(1)));
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Commits once, or `times=N`; the last answer is printed.
    private void commit(Words words) {
        String answer = "";
        for (int left = Integer.parseInt(words.named("times", "1")); left > 0; left--) {
            answer = scene.commit(at(words), words.each("set"));
        }
        output.add(answer);
    }

    /// The device that is asked: `at=N`, else the master.
    private int at(Words words) {
        return Integer.parseInt(words.named("at", Integer.toString(scene.master())));
    }

    private SimDevice device(Words words) {
        return scene.world().device(words.number(1));
    }

    private void alter(Words words) {
        AlteredMemory.Part part = Arrays.stream(AlteredMemory.Part.values())
                .filter(each -> words.has(each.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(AlteredMemory.Part.CLUSTER);
        device(words)
                .meddle(new AlteredMemory(part), words.has("always") ? Integer.MAX_VALUE : words.has("well") ? 0 : 1);
    }

    private void hangBulk(Words words) {
        if (words.has("well")) {
            HungBulk fault = hung.remove(words.number(1));
            if (fault != null) {
                device(words).meddle(fault::end, 1);
            }
        } else {
            HungBulk fault = new HungBulk(words.has("lose"));
            hung.put(words.number(1), fault);
            device(words).meddle(fault, 1);
        }
    }

    private void measure(Words words) {
        Capacity now = device(words).capacity();
        device(words)
                .setCapacity(new Capacity(
                        Integer.parseInt(words.named("load", Integer.toString(now.load()))),
                        Integer.parseInt(words.named("processors", Integer.toString(now.processors()))),
                        Integer.parseInt(words.named("link-speed", Integer.toString(now.linkMbps())))));
    }

    private void install(int device, String version) {
        if (!version.isEmpty()) {
            scene.world().device(device).install(new ProtocolVersions(Integer.parseInt(version)));
        }
    }

    private static SystemClock systemClock(String word) {
        SystemClock.Sync sync = SystemClock.Sync.valueOf(word.toUpperCase(java.util.Locale.ROOT));
        return new SystemClock(sync, SystemClock.Source.KERNEL, 0);
    }

    private void disk(Words words) {
        SimDevice device = device(words);
        switch (words.at(2, "")) {
            case "full" -> device.disk().setFull(true);
            case "well" -> {
                device.disk().setFull(false);
                device.disk().setWriteNs(0);
            }
            case "takes" -> device.disk().setWriteNs(Words.durationNs(words.at(3, "")));
            case "empty" -> device.disk().replaceImage(null);
            case "corrupt" -> device.disk().replaceImage(new byte[] {1, 2, 3});
            default ->
                throw new IllegalArgumentException("a disk is full, well, empty, corrupt or takes T: " + words.line());
        }
    }

    private void plug(SimDevice device, String network, boolean carrier) {
        forEachNetwork(network, n -> n.links().setCarrier(port(device, n), carrier));
    }

    private void cut(int from, String to, String network, boolean isCut) {
        forEachNetwork(network, n -> end(n, to, end -> n.links().setCut(port(from, n), end, isCut)));
    }

    private void cutBack(int from, String to, String network, boolean isCut) {
        forEachNetwork(network, n -> end(n, to, end -> n.links().setCut(end, port(from, n), isCut)));
    }

    private interface EndAction {
        void on(int attachment);
    }

    private void end(SimNetwork network, String name, EndAction action) {
        if (!name.equals("witness")) {
            action.on(port(Integer.parseInt(name), network));
            return;
        }
        for (SimHost witness : scene.world().witnesses()) {
            if (witness.network() == network) {
                action.on(witness.attachment());
            }
        }
    }

    private interface NetworkAction {
        void on(SimNetwork network);
    }

    private void forEachNetwork(String name, NetworkAction action) {
        BooleanSupplier known =
                () -> scene.world().networks().stream().anyMatch(n -> n.name().equals(name));
        boolean data = name.equals("data");
        if (!name.equals("all") && !data && !known.getAsBoolean()) {
            throw new IllegalArgumentException("a network is cluster, outside, inside, data or all, not " + name);
        }
        for (SimNetwork network : scene.world().networks()) {
            boolean matches = name.equals("all") || name.equals(network.name());
            if (matches || (data && network != scene.world().cluster())) {
                action.on(network);
            }
        }
    }

    private int port(int device, SimNetwork network) {
        return port(scene.world().device(device), network);
    }

    private static int port(SimDevice device, SimNetwork network) {
        if (device.clusterPort().network() == network) {
            return device.clusterPort().attachment();
        }
        return device.dataPorts().stream()
                .filter(p -> p.network() == network)
                .findFirst()
                .map(SimPort::attachment)
                .orElseThrow();
    }
}
