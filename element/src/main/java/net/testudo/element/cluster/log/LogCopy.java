package net.testudo.element.cluster.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.testudo.element.management.ElementEvent;
import net.testudo.element.management.EventLog;
import net.testudo.element.management.LoggedEvent;
import net.testudo.element.wire.cluster.LogMessage.Position;
import net.testudo.element.wire.cluster.LogMessage.Records;
import net.testudo.element.wire.cluster.LogMessage.Run;
import org.jspecify.annotations.Nullable;

/// The event log as this device holds it, and the events that it knows and that have no place in it yet.
public final class LogCopy {
    private static final int UNORDERED_MAX = 128;
    /// More than can come back: all records, and all that wait for a place.
    private static final int KNOWN_MAX = 2 * (EventLog.RECORDS_MAX + UNORDERED_MAX);

    private final RecordList records = new RecordList();
    private final Map<String, ElementEvent> unordered = new LinkedHashMap<>();
    /// Events that the agent was told of, or that happened before this device was here.
    private final Set<String> known = new LinkedHashSet<>();
    private long epoch;
    private boolean upToDate;
    /// On the way to the log of another master: what is held is neither the old one nor the new one.
    private boolean inTransition;
    private long additions;
    private @Nullable EventLog view;

    /// Something happened here, and the agent was told.
    public void report(ElementEvent event) {
        isNews(event);
        putBack(List.of(), event);
    }

    /// Forgets the log of a cluster that this device is in no more.
    public void forget() {
        records.clear(0);
        unordered.clear();
        known.clear();
        epoch = 0;
        upToDate = false;
        inTransition = false;
        view = null;
    }

    /// Epoch of the master whose log this is, 0 if none handed its log over.
    public long epoch() {
        return epoch;
    }

    /// The newest place.
    public long newest() {
        return records.newest();
    }

    public List<Run> runs() {
        return records.runs();
    }

    /// The events without a place, in the order in which they happened here.
    public List<ElementEvent> unordered() {
        return List.copyOf(unordered.values());
    }

    /// How many events came to wait for a place since the start: changes with each of them.
    public long additions() {
        return additions;
    }

    /// Whether no event waits for a place.
    public boolean isOrdered() {
        return unordered.isEmpty();
    }

    /// As master of `inEpoch`: gives the event the next place, unless it has one.
    ///
    /// @return whether the agent has to be told
    public boolean order(ElementEvent event, long inEpoch) {
        unordered.remove(event.id());
        if (records.holds(event.id())) {
            return false;
        }
        append(new LoggedEvent(records.newest() + 1, inEpoch, event));
        return isNews(event);
    }

    /// Whether a member at `position` holds more than this device: what a majority held may be there only.
    public boolean isBehind(Position position) {
        return position.adopted() > epoch || (position.adopted() == epoch && newest(position) > newest());
    }

    /// Whether `position` holds more than `other`.
    public static boolean isLonger(Position position, Position other) {
        return position.adopted() > other.adopted()
                || (position.adopted() == other.adopted() && newest(position) > newest(other));
    }

    /// The newest place of a member, 0 if it holds nothing.
    public static long newest(Position position) {
        return position.runs().isEmpty() ? 0 : position.runs().getLast().last();
    }

    /// The last place up to which this log and that of a member are the same.
    public long agreement(Position position) {
        return RecordList.agreement(runs(), position.runs());
    }

    /// The next records for somebody who holds all up to the place `base`.
    ///
    /// @param toEpoch of the message
    /// @param start see [Records]
    /// @param max how many at most
    public Records records(long toEpoch, long start, long base, int max) {
        boolean anew = base + 1 < records.oldest();
        long from = anew ? records.oldest() - 1 : Math.min(base, newest());
        return new Records(toEpoch, start, newest(), from, anew, records.after(from, max));
    }

    /// Takes over records. What stood in their places, or behind the sender's newest one, waits for a place again.
    ///
    /// @return the events of which the agent has to be told; null if records in between are missing
    public @Nullable List<ElementEvent> take(Records message) {
        if (message.epoch() != epoch) {
            view();
            inTransition = true;
        }
        if (message.anew() || isUnrelated(message)) {
            putBack(records.cutAfter(message.base()), null);
            records.clear(message.base());
            changed();
        }
        if (message.base() > newest()) {
            return null;
        }
        cutAfter(message.newest());
        List<ElementEvent> news = new ArrayList<>();
        for (LoggedEvent logged : message.records()) {
            LoggedEvent own = records.at(logged.order());
            if (own != null && own.orderedIn() != logged.orderedIn()) {
                cutAfter(logged.order() - 1);
            }
            if (logged.order() == newest() + 1) {
                append(logged);
                unordered.remove(logged.event().id());
                if (isNews(logged.event()) && upToDate) {
                    news.add(logged.event());
                }
            }
        }
        upToDate |= newest() >= message.newest();
        return news;
    }

    /// Whether another master's log goes on before the oldest record here: both have nothing in common, and no
    /// record of the message would meet one of here.
    private boolean isUnrelated(Records message) {
        return message.epoch() != epoch && message.base() + 1 < records.oldest();
    }

    /// The log is that of the master of `ofEpoch` from now on.
    public void adopt(long ofEpoch) {
        if (epoch != ofEpoch) {
            epoch = ofEpoch;
            inTransition = false;
            view = null;
        }
    }

    /// What is shown of it; on the way to the log of another master still the old one.
    public EventLog view() {
        EventLog current = view;
        if (current == null) {
            current = new EventLog(epoch, records.all());
            view = current;
        }
        return current;
    }

    private void append(LoggedEvent logged) {
        records.append(logged);
        changed();
    }

    private void cutAfter(long order) {
        if (order < newest()) {
            putBack(records.cutAfter(order), null);
            changed();
        }
    }

    private void changed() {
        if (!inTransition) {
            view = null;
        }
    }

    /// Lets events wait for a place: `cut` before what waits already, `added` after it. Too many: the oldest go.
    private void putBack(List<LoggedEvent> cut, @Nullable ElementEvent added) {
        List<ElementEvent> waiting = new ArrayList<>(unordered.values());
        unordered.clear();
        cut.forEach(logged -> unordered.put(logged.event().id(), logged.event()));
        waiting.forEach(event -> unordered.putIfAbsent(event.id(), event));
        if (added != null) {
            unordered.put(added.id(), added);
        }
        while (unordered.size() > UNORDERED_MAX) {
            unordered.remove(unordered.keySet().iterator().next());
        }
        additions++;
    }

    private boolean isNews(ElementEvent event) {
        boolean added = known.add(event.id());
        if (known.size() > KNOWN_MAX) {
            known.remove(known.iterator().next());
        }
        return added;
    }
}
