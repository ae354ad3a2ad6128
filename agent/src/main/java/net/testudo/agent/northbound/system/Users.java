package net.testudo.agent.northbound.system;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.testudo.agent.datastore.ContentView;
import net.testudo.element.management.Content;

/// Who may log in at this moment: the users of the decided configuration, and, as long as no configured user is
/// admin, the user `admin` with the keys that the device was started with.
public final class Users {
    /// The name of the user of an unconfigured device.
    public static final String BOOTSTRAP = "admin";

    private final ContentView<SystemConfig> system;
    private final List<String> bootstrapKeys;

    /// @param running the decided configuration
    /// @param bootstrapKeys lines of OpenSSH public key files, none if nobody may manage an unconfigured device
    public Users(Supplier<Content> running, List<String> bootstrapKeys) {
        system = new ContentView<>(
                "what is said of users", running, SystemConfig::of, new SystemConfig(Map.of(), Optional.empty()));
        this.bootstrapKeys = bootstrapKeys.stream()
                .map(SystemConfig::bare)
                .filter(key -> !key.isEmpty())
                .toList();
    }

    /// The user `name`.
    public Optional<User> find(String name) {
        User user = system().users().get(name);
        if (isBootstrap(name)) {
            String hash = user == null ? "" : user.passwordHash();
            return Optional.of(new User(name, true, bootstrapKeys, hash));
        }
        return Optional.ofNullable(user);
    }

    /// Whether `name` is at this moment the user with the keys that the device was started with.
    public boolean isBootstrap(String name) {
        return name.equals(BOOTSTRAP) && !bootstrapKeys.isEmpty() && !system().hasAdmin();
    }

    /// What the decided configuration says of the system.
    public SystemConfig system() {
        return system.now();
    }
}
