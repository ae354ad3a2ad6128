package net.testudo.pcapio;

import java.io.IOException;

/// Takes back one thing that was set in the system.
@FunctionalInterface
interface Undo {
    void run() throws IOException;
}
