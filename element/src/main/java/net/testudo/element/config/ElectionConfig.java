package net.testudo.element.config;

import java.util.List;
import java.util.stream.Stream;

/// What is asked of a device that is to lead, and which of several is taken (ELE-01, ELE-04, ELE-05, ELE-07, ELE-09).
///
/// @param minHealth the lowest health score, 0 to 100
/// @param maxLoad how busy its processors may be, in percent
/// @param minProcessors how many processors it has at least
/// @param minLinkMbps how fast its data ports are at least, taken together
/// @param order what decides between candidates, the first difference counts; ends with the number
/// @param succession when a master that has not failed gives its role away
/// @param tieBreaker whose side serves in an even split
public record ElectionConfig(
        int minHealth,
        int maxLoad,
        int minProcessors,
        int minLinkMbps,
        List<Order> order,
        SuccessionConfig succession,
        TieBreakerConfig tieBreaker) {
    /// Unless configured otherwise.
    public static final ElectionConfig STANDARD = new ElectionConfig(
            0, 100, 0, 0, List.of(Order.SCORE), SuccessionConfig.STANDARD, TieBreakerConfig.STANDARD);

    /// What can decide between two candidates.
    public enum Order {
        /// The one with the higher score.
        SCORE,
        /// The healthier one.
        HEALTH,
        /// The one that is less busy.
        LOAD,
        /// The one with more processors.
        PROCESSORS,
        /// The one with the faster data ports.
        LINK_SPEED,
        /// The one that holds the newer revision.
        NEWEST_REVISION,
        /// The one with the static role standby.
        STANDBY_FIRST,
        /// The one without it.
        STANDBY_LAST,
        /// A draw that is the same at each device.
        RANDOM,
        /// The one with the lower number.
        LOWEST_NUMBER
    }

    /// Numbers are different, so that they decide in the end.
    public ElectionConfig {
        order = order.contains(Order.LOWEST_NUMBER)
                ? List.copyOf(order)
                : Stream.concat(order.stream(), Stream.of(Order.LOWEST_NUMBER)).toList();
    }
}
