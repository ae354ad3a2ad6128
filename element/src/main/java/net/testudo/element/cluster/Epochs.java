package net.testudo.element.cluster;

/// Which epochs a device still accepts.
final class Epochs {
    private Epochs() {}

    /// Whether a message of a master of `epoch` may be acted on: not below what was promised.
    static boolean isCurrent(long epoch, DurableState durable) {
        return epoch >= durable.promisedEpoch();
    }

    /// Whether `epoch` may be promised to `candidate`: a higher one, or the promised one again.
    static boolean mayPromise(long epoch, int candidate, DurableState durable) {
        return epoch > durable.promisedEpoch()
                || (epoch == durable.promisedEpoch() && durable.promisedTo() == candidate);
    }
}
