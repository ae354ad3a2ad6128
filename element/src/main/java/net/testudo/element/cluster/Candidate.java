package net.testudo.element.cluster;

import java.util.ArrayList;
import java.util.List;
import net.testudo.element.config.ElectionConfig;
import net.testudo.element.config.ElectionConfig.Order;
import net.testudo.element.management.Capacity;
import net.testudo.element.management.ElectionCriterion;
import net.testudo.element.wire.cluster.StatusMessage;

/// A device that could lead, as its last status message describes it.
///
/// @param device number
/// @param health 0 to 100
/// @param capacity of its hardware
/// @param revision the newest one that is on its disk
/// @param asksRelief whether it asks to be relieved
/// @param wish what the operator wants of it
record Candidate(int device, int health, Capacity capacity, long revision, boolean asksRelief, Wish wish) {
    /// What the configuration says of a device.
    ///
    /// @param standby whether it has the static role standby
    /// @param priority how much it is wanted to lead
    record Wish(boolean standby, int priority) {}

    /// A device that was not heard yet has nothing.
    static Candidate of(Peer peer, Wish wish) {
        StatusMessage status = peer.status;
        return status == null
                ? new Candidate(peer.device, 0, Capacity.UNKNOWN, 0, false, wish)
                : new Candidate(
                        peer.device,
                        status.health(),
                        status.capacity(),
                        status.decidedNumber(),
                        status.has(StatusMessage.ASKS_RELIEF),
                        wish);
    }

    /// Its priority less what is missing of full health, 0 at least.
    int score() {
        return Math.max(0, wish.priority() - (HealthScore.MAX - health));
    }

    /// What of `rules` it does not meet (ELE-01, ELE-09).
    List<ElectionCriterion> unmet(ElectionConfig rules) {
        List<ElectionCriterion> unmet = new ArrayList<>();
        if (health < rules.minHealth()) {
            unmet.add(ElectionCriterion.HEALTH);
        }
        if (capacity.load() > rules.maxLoad()) {
            unmet.add(ElectionCriterion.LOAD);
        }
        if (capacity.processors() < rules.minProcessors()) {
            unmet.add(ElectionCriterion.PROCESSORS);
        }
        if (capacity.linkMbps() < rules.minLinkMbps()) {
            unmet.add(ElectionCriterion.LINK_SPEED);
        }
        if (asksRelief) {
            unmet.add(ElectionCriterion.SELF_REQUEST);
        }
        return unmet;
    }

    /// Negative if this one is taken before `other` by `order`, positive if after it, 0 if they are equal.
    ///
    /// @param draw of this device and of the other
    int compare(Candidate other, Order order, long draw, long otherDraw) {
        return switch (order) {
            case SCORE -> Integer.compare(other.score(), score());
            case HEALTH -> Integer.compare(other.health, health);
            case LOAD -> Integer.compare(capacity.load(), other.capacity.load());
            case PROCESSORS -> Integer.compare(other.capacity.processors(), capacity.processors());
            case LINK_SPEED -> Integer.compare(other.capacity.linkMbps(), capacity.linkMbps());
            case NEWEST_REVISION -> Long.compare(other.revision, revision);
            case STANDBY_FIRST -> Boolean.compare(other.wish.standby(), wish.standby());
            case STANDBY_LAST -> Boolean.compare(wish.standby(), other.wish.standby());
            case RANDOM -> Long.compare(draw, otherDraw);
            case LOWEST_NUMBER -> Integer.compare(device, other.device);
        };
    }
}
