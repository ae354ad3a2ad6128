package net.testudo.sim.check;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.LoggedEvent;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import org.jspecify.annotations.Nullable;

/// The devices of a cluster keep one event log: a record says the same everywhere and for ever; logs of one epoch have
/// the same record at each place; no log is longer than its bound, has gaps or holds a record twice; and what a
/// majority
/// of the voters holds is in the log of the next master, at its place.
public final class OneLog implements Observer {
    private record Place(String cluster, long epoch, long order) {}

    private record Epoch(String cluster, long number) {}

    private final Map<String, ElementEvent> events = new HashMap<>();
    private final Map<Place, String> places = new HashMap<>();
    private final Map<SimDevice, ElementSnapshot> newest = new HashMap<>();
    private final Map<String, Long> opened = new HashMap<>();
    private int kept;

    /// How many records were held by a majority when a new master opened its log.
    public int kept() {
        return kept;
    }

    /// The log is in memory.
    @Override
    public void onCrash(SimDevice device) {
        newest.remove(device);
    }

    @Override
    public void onPublish(SimDevice device, ElementSnapshot snapshot) {
        ElementSnapshot before = newest.put(device, snapshot);
        if (before != null && before.log().equals(snapshot.log())) {
            return;
        }
        EventLog log = snapshot.log();
        checkForm(device, log.records());
        Set<LoggedEvent> seen = seen(before, snapshot);
        for (LoggedEvent logged : log.records()) {
            if (seen.contains(logged)) {
                continue;
            }
            ElementEvent known = events.putIfAbsent(logged.event().id(), logged.event());
            require(
                    known == null || known.equals(logged.event()),
                    device,
                    () -> "tells otherwise of " + logged.event());
            Place place = new Place(snapshot.clusterId(), log.epoch(), logged.order());
            String there = places.putIfAbsent(place, logged.event().id());
            require(
                    there == null || there.equals(logged.event().id()),
                    device,
                    () -> "has " + logged.event().id() + " where another has " + there + ": " + place);
        }
        Epoch epoch = new Epoch(snapshot.clusterId(), log.epoch());
        if (snapshot.masterServing()
                && log.epoch() == snapshot.epoch()
                && opened.getOrDefault(epoch.cluster, 0L) < epoch.number) {
            opened.put(epoch.cluster, epoch.number);
            checkKept(device, snapshot);
        }
    }

    /// The very records that were looked at when `before` was published, for as long as their place means the same.
    private static Set<LoggedEvent> seen(@Nullable ElementSnapshot before, ElementSnapshot snapshot) {
        Set<LoggedEvent> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        if (before != null
                && before.clusterId().equals(snapshot.clusterId())
                && before.log().epoch() == snapshot.log().epoch()) {
            seen.addAll(before.log().records());
        }
        return seen;
    }

    private static void checkForm(SimDevice device, List<LoggedEvent> records) {
        require(records.size() <= EventLog.RECORDS_MAX, device, () -> "keeps " + records.size() + " records");
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < records.size(); i++) {
            LoggedEvent logged = records.get(i);
            require(ids.add(logged.event().id()), device, () -> "has twice " + logged.event());
            require(logged.order() == records.getFirst().order() + i, device, () -> "has a gap before " + logged);
        }
    }

    private void checkKept(SimDevice master, ElementSnapshot lead) {
        Set<Integer> voters = new HashSet<>();
        lead.members().stream().filter(m -> m.voter()).forEach(m -> voters.add(m.device()));
        Map<LoggedEvent, Integer> holders = new HashMap<>();
        for (ElementSnapshot snapshot : newest.values()) {
            boolean counts = voters.contains(snapshot.device())
                    && snapshot.clusterId().equals(lead.clusterId())
                    && snapshot.log().epoch() < lead.epoch();
            if (counts || snapshot.equals(lead)) {
                snapshot.log().records().forEach(logged -> holders.merge(logged, 1, Integer::sum));
            }
        }
        List<LoggedEvent> records = lead.log().records();
        long oldest = records.isEmpty() ? 1 : records.getFirst().order();
        holders.forEach((logged, count) -> {
            if (2 * count > voters.size() && logged.order() >= oldest) {
                kept++;
                require(records.contains(logged), master, () -> "lost " + logged + ", which " + count + " held");
            }
        });
    }

    private static void require(boolean holds, SimDevice device, Supplier<String> what) {
        if (!holds) {
            throw new Violation("one-log", device + " " + what.get());
        }
    }
}
