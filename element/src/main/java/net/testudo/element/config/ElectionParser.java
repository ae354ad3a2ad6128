package net.testudo.element.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.testudo.element.config.ElectionConfig.Order;
import net.testudo.element.config.TieBreakerConfig.Choice;

/// Reads what is asked of a device that is to lead.
final class ElectionParser {
    private static final String ROOT = ClusterConfig.CLUSTER + "/testudo-election:election/";
    private static final int PERCENT_MAX = 100;
    private static final int PROCESSORS_MAX = 4096;
    private static final int LINK_MBPS_MAX = 100_000_000;
    private static final int PRIORITY_MAX = 254;
    private static final int PENALTY_MAX = 20_000;
    private static final int HOUR_SECONDS = 3600;
    private static final int TERM_SECONDS_MAX = 365 * 24 * HOUR_SECONDS;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final Map<String, Order> ORDERS = Stream.of(Order.values())
            .collect(Collectors.toMap(
                    order -> order.name().toLowerCase(Locale.ROOT).replace('_', '-'), Function.identity()));

    private final ConfigDocument document;
    private final FaultList faults;

    ElectionParser(ConfigDocument document, FaultList faults) {
        this.document = document;
        this.faults = faults;
    }

    ElectionConfig parse() {
        ElectionConfig standard = ElectionConfig.STANDARD;
        return new ElectionConfig(
                number("min-health", 0, PERCENT_MAX, standard.minHealth()),
                number("max-load", 1, PERCENT_MAX, standard.maxLoad()),
                number("min-processors", 0, PROCESSORS_MAX, standard.minProcessors()),
                number("min-link-speed", 0, LINK_MBPS_MAX, standard.minLinkMbps()),
                order(),
                succession(),
                tieBreaker());
    }

    private TieBreakerConfig tieBreaker() {
        String path = ROOT + "tie-breaker/";
        Choice choice = faults.read(
                document,
                path + "choice",
                TieBreakerConfig.STANDARD.choice(),
                ClusterConfigParser.oneOf(Map.of(
                        "master", Choice.MASTER, "backup-master", Choice.BACKUP_MASTER, "member", Choice.MEMBER)),
                "master, backup-master or member");
        String serial = document.value(path + "member").orElse("");
        if (choice == Choice.MEMBER
                && !document.keys(ClusterConfig.MEMBERS, "serial").contains(serial)) {
            faults.add(path + "member", "has to be the serial number of a member");
        }
        return new TieBreakerConfig(choice, serial);
    }

    private SuccessionConfig succession() {
        SuccessionConfig standard = SuccessionConfig.STANDARD;
        SuccessionConfig.SelfRequest request = standard.selfRequest();
        boolean transition = faults.read(
                document,
                ROOT + "backup-below-criteria",
                standard.transition(),
                ClusterConfigParser.oneOf(Map.of("stands-aside", false, "leads-for-transition", true)),
                "stands-aside or leads-for-transition");
        return new SuccessionConfig(
                preemption(),
                seconds("max-term", 0, TERM_SECONDS_MAX, standard.maxTermNs()),
                transition,
                new SuccessionConfig.SelfRequest(
                        number("self-request/below-health", 0, PERCENT_MAX, request.belowHealth()),
                        seconds("self-request/hold-time", 1, HOUR_SECONDS, request.holdNs())));
    }

    private SuccessionConfig.Preemption preemption() {
        SuccessionConfig.Preemption standard = SuccessionConfig.STANDARD.preemption();
        SuccessionConfig.Damping damping = standard.damping();
        String path = "preemption/";
        int suppress = number(path + "damping/suppress", 1000, PENALTY_MAX, damping.suppress());
        int reuse = number(path + "damping/reuse", 1, PENALTY_MAX - 1, damping.reuse());
        if (reuse >= suppress) {
            faults.add(ROOT + path + "damping/reuse", "has to be below suppress: lower it, or raise suppress");
        }
        return new SuccessionConfig.Preemption(
                faults.flag(document, ROOT + path + "enabled", standard.enabled()),
                number(path + "margin", 1, PRIORITY_MAX, standard.margin()),
                seconds(path + "hold-time", 1, 24 * HOUR_SECONDS, standard.holdNs()),
                new SuccessionConfig.Damping(
                        seconds(path + "damping/half-life", 1, 24 * HOUR_SECONDS, damping.halfLifeNs()),
                        suppress,
                        reuse,
                        seconds(path + "damping/max-suppress-time", 1, 168 * HOUR_SECONDS, damping.maxSuppressNs())));
    }

    private long seconds(String leaf, int min, int max, long absentNs) {
        return faults.read(
                        document,
                        ROOT + leaf,
                        FaultList.number(min, max),
                        "a number of seconds of " + min + " to " + max)
                .map(seconds -> seconds * NS_PER_SECOND)
                .orElse(absentNs);
    }

    private List<Order> order() {
        List<Order> orders = new ArrayList<>();
        String path = ROOT + "candidate-order";
        for (String text : document.leafList(path)) {
            Order order = ORDERS.get(text);
            if (order == null) {
                faults.add(ConfigPath.entry(path, ".", text), "is nothing by which candidates can be ordered");
            } else {
                orders.add(order);
            }
        }
        return orders.isEmpty() ? ElectionConfig.STANDARD.order() : orders;
    }

    private int number(String leaf, int min, int max, int absent) {
        return faults.read(
                document, ROOT + leaf, absent, FaultList.number(min, max), "a number of " + min + " to " + max);
    }
}
