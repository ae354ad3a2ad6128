package net.testudo.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.testudo.sim.Mutant.Replacement;
import org.junit.jupiter.api.Test;

class MutantLoaderTest {
    private static final String DEVICE_SET = "net.testudo.element.net.DeviceSet";

    @Test
    void oneMethodAnswersSomethingElse() throws ReflectiveOperationException {
        assertEquals(true, ask(new Mutant("", DEVICE_SET, "isEmpty", Replacement.TRUE, 1), "isEmpty"));
        assertEquals(false, ask(new Mutant("", DEVICE_SET, "isEmpty", Replacement.FALSE, 1), "isEmpty"));
        assertEquals(false, ask(null, "isEmpty"));
    }

    @Test
    void methodAnswersItsLastArgument() throws ReflectiveOperationException {
        Mutant mutant = new Mutant("", DEVICE_SET, "minus", Replacement.LAST_ARGUMENT, 1);
        Class<?> type = new MutantLoader(mutant).loadClass(DEVICE_SET);
        Object one = type.getConstructor(long.class).newInstance(2L);
        Object other = type.getConstructor(long.class).newInstance(4L);
        assertSame(other, type.getMethod("minus", type).invoke(one, other));
    }

    @Test
    void productItselfIsUntouched() throws ReflectiveOperationException {
        Class<?> type = new MutantLoader(null).loadClass(DEVICE_SET);
        assertNotSame(net.testudo.element.net.DeviceSet.class, type);
        assertSame(String.class, new MutantLoader(null).loadClass("java.lang.String"));
    }

    @Test
    void methodThatDoesNotExistIsToldApart() {
        MutantLoader loader = new MutantLoader(new Mutant("", DEVICE_SET, "gone", Replacement.NOTHING, 1));
        assertThrows(IllegalStateException.class, () -> loader.loadClass(DEVICE_SET));
    }

    private static Object ask(@org.jspecify.annotations.Nullable Mutant mutant, String method)
            throws ReflectiveOperationException {
        Class<?> type = new MutantLoader(mutant).loadClass(DEVICE_SET);
        return type.getMethod(method).invoke(type.getConstructor(long.class).newInstance(2L));
    }
}
