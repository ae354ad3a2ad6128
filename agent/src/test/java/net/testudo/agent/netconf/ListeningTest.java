package net.testudo.agent.netconf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A listening address that is left and taken again at once.
@Timeout(120)
final class ListeningTest {
    private static final int TIMES = 300;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void anAddressThatWasLeftIsFreeAtOnce() throws Exception {
        try (TestServer server = new TestServer(directory)) {
            for (int time = 0; time < TIMES; time++) {
                server.leave();
                server.listenAgain();
            }
            try (RawSession session = server.ssh()) {
                assertTrue(session.hello("1.1").contains("<session-id>"));
            }
        }
    }
}
