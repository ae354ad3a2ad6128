package net.testudo.sim.check;

import net.testudo.element.management.Answer;
import net.testudo.element.management.Request;
import net.testudo.sim.world.Observer;
import net.testudo.sim.world.SimDevice;
import org.jspecify.annotations.Nullable;

/// Every request gets one answer, never two, and only what was asked is answered.
public final class OneAnswer implements Observer {
    @Override
    public void onAnswer(SimDevice device, @Nullable Request request, Answer answer) {
        if (request == null) {
            throw new Violation("one-answer", device + " answered what was not asked, or twice: " + answer);
        }
    }
}
