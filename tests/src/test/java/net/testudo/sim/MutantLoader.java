package net.testudo.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/// Loads element and simulator anew, with one mutant among their classes.
final class MutantLoader extends ClassLoader {
    private final @Nullable Mutant mutant;

    /// @param mutant null for the product as it is
    MutantLoader(@Nullable Mutant mutant) {
        super(MutantLoader.class.getClassLoader());
        this.mutant = mutant;
    }

    /// Runs seeds with the classes of this loader, until one fails.
    ///
    /// @return the broken rule and its seed, or empty
    String firstFailure(long firstSeed, long lastSeed, int devices) throws ReflectiveOperationException {
        Class<?> range = loadClass("net.testudo.sim.SeedRange");
        try {
            return (String) range.getMethod("firstFailure", long.class, long.class, int.class)
                    .invoke(null, firstSeed, lastSeed, devices);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the run ended with an exception", e.getCause());
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean isOurs = name.startsWith("net.testudo.element.") || name.startsWith("net.testudo.sim.");
        if (!isOurs) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] octets = in.readAllBytes();
            if (mutant != null && name.equals(mutant.className())) {
                octets = mutant.applyTo(octets);
            }
            return defineClass(name, octets, 0, octets.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
