package net.testudo.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.testudo.lab.Commands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConfigurationIT {
    private static final List<String> OURS = List.of("testudo-cluster", "testudo-policy", "testudo-system");
    private static final List<String> IMPORTED = List.of(
            "testudo-types",
            "ietf-netconf@2011-06-01",
            "ietf-netconf-acm@2018-02-14",
            "ietf-inet-types@2013-07-15",
            "ietf-yang-types@2013-07-15");

    private static Path module(Path directory, String name) throws IOException {
        Path file = directory.resolve(name + ".yang");
        try (InputStream text = Objects.requireNonNull(
                ClusterConfigurationIT.class.getResourceAsStream("/META-INF/yang/" + name + ".yang"), name)) {
            Files.copy(text, file);
        }
        return file;
    }

    @Test
    void theConfigurationObeysTheModels(@TempDir Path directory) throws IOException {
        Secrets secrets = Secrets.draw(directory, 3);
        // yanglint takes the data without the element around them.
        String data = ClusterConfiguration.xml(secrets).replaceAll("</?config[^>]*>", "");
        Path file = Files.writeString(directory.resolve("data.xml"), data);
        List<String> command = new ArrayList<>(List.of("yanglint", "-t", "config", "-p", directory.toString()));
        for (String name : IMPORTED) {
            module(directory, name);
        }
        for (String name : OURS) {
            command.add(module(directory, name).toString());
        }
        command.add(file.toString());
        assertEquals(new Commands.Outcome(0, "", ""), Commands.attempt(command, "", Duration.ofSeconds(10)));
    }
}
