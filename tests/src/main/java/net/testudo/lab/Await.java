package net.testudo.lab;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for what only shows by asking again.
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /// Asks until the answer is the awaited one.
    ///
    /// @param what is awaited, for the message
    /// @param limit after which it has failed
    /// @return the awaited answer
    /// @throws LabException with the last answer, if it is not the awaited one within the limit
    public static <T> T until(String what, Duration limit, Supplier<T> ask, Predicate<T> awaited) {
        return until(what, limit, PAUSE, ask, awaited);
    }

    /// The same with a pause of its own between two questions, where they cost something.
    public static <T> T until(String what, Duration limit, Duration pause, Supplier<T> ask, Predicate<T> awaited) {
        long startNs = System.nanoTime();
        T answer = ask.get();
        while (!awaited.test(answer)) {
            if (System.nanoTime() - startNs > limit.toNanos()) {
                throw new LabException("did not happen within %d s: %s%n%s".formatted(limit.toSeconds(), what, answer));
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LabException("interrupted while waiting for: " + what, e);
            }
            answer = ask.get();
        }
        return answer;
    }
}
