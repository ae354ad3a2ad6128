package net.testudo.element.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DecimalTest {
    @Test
    void digitsAreANumber() {
        assertEquals(0, Decimal.parse("0", 3));
        assertEquals(7, Decimal.parse("007", 3));
        assertEquals(999_999_999, Decimal.parse("999999999", 9));
    }

    @Test
    void anythingElseIsNone() {
        for (String text : List.of("", "1000", "-1", "+1", " 1", "1.", "1a", "\u0661")) {
            assertEquals(-1, Decimal.parse(text, 3), text);
        }
    }
}
