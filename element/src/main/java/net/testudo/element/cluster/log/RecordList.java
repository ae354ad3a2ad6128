package net.testudo.element.cluster.log;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.LoggedEvent;
import net.testudo.element.wire.cluster.LogMessage.Run;
import org.jspecify.annotations.Nullable;

/// The newest records, one place after the other.
final class RecordList {
    private final List<LoggedEvent> records = new ArrayList<>();
    /// Asked for membership only.
    private final Set<String> ids = new HashSet<>();
    private long newest;

    /// The place of the newest record, 0 if there was none yet.
    long newest() {
        return newest;
    }

    /// The place of the oldest record that is kept; one more than [#newest] if none is.
    long oldest() {
        return newest - records.size() + 1;
    }

    boolean holds(String id) {
        return ids.contains(id);
    }

    /// The record at this place, or null if it is not kept.
    @Nullable
    LoggedEvent at(long order) {
        return order >= oldest() && order <= newest ? records.get((int) (order - oldest())) : null;
    }

    /// Adds the next record; at the bound the oldest goes.
    void append(LoggedEvent logged) {
        if (records.size() == EventLog.RECORDS_MAX) {
            ids.remove(records.removeFirst().event().id());
        }
        records.add(logged);
        ids.add(logged.event().id());
        newest = logged.order();
    }

    /// Takes out what stands behind the place `order`, and answers it.
    List<LoggedEvent> cutAfter(long order) {
        if (order >= newest) {
            return List.of();
        }
        int kept = (int) Math.max(0, order - oldest() + 1);
        List<LoggedEvent> behind = records.subList(kept, records.size());
        List<LoggedEvent> cut = List.copyOf(behind);
        behind.clear();
        cut.forEach(logged -> ids.remove(logged.event().id()));
        newest = order;
        return cut;
    }

    /// Forgets everything; the next record comes behind the place `base`.
    void clear(long base) {
        records.clear();
        ids.clear();
        newest = base;
    }

    /// The records behind the place `base`, at most `max`.
    List<LoggedEvent> after(long base, int max) {
        int from = Math.clamp(base - oldest() + 1, 0, records.size());
        return List.copyOf(records.subList(from, from + Math.min(records.size() - from, max)));
    }

    List<LoggedEvent> all() {
        return List.copyOf(records);
    }

    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        for (LoggedEvent logged : records) {
            Run last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && last.epoch() == logged.orderedIn()) {
                runs.set(runs.size() - 1, new Run(last.epoch(), last.first(), logged.order()));
            } else {
                runs.add(new Run(logged.orderedIn(), logged.order(), logged.order()));
            }
        }
        return runs;
    }

    /// The last place up to which two logs are the same, 0 if they keep no common record. An epoch has one master,
    /// which
    /// places a record after what it took over: two logs with one record of an epoch are the same up to there.
    static long agreement(List<Run> one, List<Run> other) {
        long agreed = 0;
        for (Run a : one) {
            for (Run b : other) {
                long last = Math.min(a.last(), b.last());
                if (a.epoch() == b.epoch() && Math.max(a.first(), b.first()) <= last) {
                    agreed = Math.max(agreed, last);
                }
            }
        }
        return agreed;
    }
}
