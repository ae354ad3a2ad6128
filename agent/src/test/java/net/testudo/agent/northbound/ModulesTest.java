package net.testudo.agent.northbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.testudo.agent.MemoryElement;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.TestModels;
import net.testudo.agent.northbound.cluster.ClusterRpc;
import net.testudo.agent.northbound.system.SystemConfig;
import net.testudo.agent.northbound.system.Users;
import net.testudo.element.management.Content;
import net.testudo.element.management.ElementEvent;
import org.junit.jupiter.api.Test;

/// The modules, and what stands for them in the agent.
final class ModulesTest {
    private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE somebody@somewhere";

    private static SortedSet<String> names(String statement) {
        String text = TestModels.PRODUCT.modules().stream()
                .filter(module -> module.name().equals(ClusterRpc.MODULE))
                .map(Models.ModuleText::text)
                .findFirst()
                .orElseThrow();
        return Pattern.compile("(?m)^  " + statement + " ([a-z-]+) \\{")
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKindOfEventIsANotification() {
        SortedSet<String> kinds = new TreeSet<>();
        Arrays.stream(ElementEvent.Kind.values())
                .forEach(kind -> kinds.add(kind.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        assertEquals(kinds, names("notification"));
    }

    @Test
    void everyRpcIsARequest() {
        SortedSet<String> rpcs = names("rpc");
        assertEquals(10, rpcs.size());
        rpcs.forEach(
                rpc -> assertTrue(ClusterRpc.request(rpc, java.util.Map.of()).isPresent(), rpc));
    }

    @Test
    void theFirstUserIsThereUntilAnAdminIsConfigured() {
        MemoryElement element = new MemoryElement();
        Users users = new Users(() -> element.snapshot().content(), java.util.List.of(KEY));
        assertTrue(users.find("admin").orElseThrow().admin());
        assertEquals(
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE",
                users.find("admin").orElseThrow().authorizedKeys().getFirst());
        element.decide(new Content("/testudo-system:system/user[name='viewer']\n", ""));
        assertTrue(users.find("admin").isPresent());
        assertFalse(users.find("viewer").orElseThrow().admin());
        element.decide(new Content("/testudo-system:system/user[name='op']/role = admin\n", ""));
        assertTrue(users.find("admin").isEmpty());
    }

    @Test
    void aClusterThatIsFormedGetsAHostKeyOnce() throws CanonicalFormException {
        Content formed = new Content("/testudo-cluster:cluster/enabled = true\n", "");
        String missing = SystemConfig.missing(formed);
        Content complete = new Content(formed.configuration(), missing);
        assertTrue(SystemConfig.of(complete).hostKey().isPresent());
        assertEquals("", SystemConfig.missing(complete));
        assertEquals("", SystemConfig.missing(Content.EMPTY));
    }
}
