package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.testudo.element.config.SuccessionConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("FOC-14")
class SelfRequestTest {
    private static final SuccessionConfig.SelfRequest RULES = new SuccessionConfig.SelfRequest(50, 10);

    private final SelfRequest request = new SelfRequest();

    @Test
    void aDeviceAsksWhenItsHealthHasBeenTooLowForAWhile() {
        assertFalse(request.update(RULES, 49, 0));
        assertFalse(request.update(RULES, 49, 9));
        assertTrue(request.update(RULES, 49, 10));
    }

    @Test
    void aMomentOfHealthBeginsItAnew() {
        assertFalse(request.update(RULES, 49, 0));
        assertFalse(request.update(RULES, 50, 5));
        assertFalse(request.update(RULES, 49, 6));
        assertFalse(request.update(RULES, 49, 15));
        assertTrue(request.update(RULES, 49, 16));
    }

    @Test
    void itStopsAskingWhenItHasBeenWellAsLong() {
        request.update(RULES, 0, 0);
        assertTrue(request.update(RULES, 0, 10));
        assertTrue(request.update(RULES, 100, 20));
        assertTrue(request.update(RULES, 100, 29));
        assertFalse(request.update(RULES, 100, 30));
    }

    @Test
    void itNeverAsksIfThatIsOffAndStopsWhenItIsSwitchedOff() {
        SuccessionConfig.SelfRequest off = new SuccessionConfig.SelfRequest(0, 10);
        assertFalse(request.update(off, 0, 0));
        assertFalse(request.update(off, 0, 100));
        request.update(RULES, 0, 100);
        assertTrue(request.update(RULES, 0, 110));
        assertFalse(request.update(off, 0, 111));
    }
}
