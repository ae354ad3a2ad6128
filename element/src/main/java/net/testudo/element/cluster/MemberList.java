package net.testudo.element.cluster;

import java.util.Optional;
import java.util.SortedMap;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.config.ClusterConfig.AdminState;
import net.testudo.element.config.ClusterConfig.Member;
import net.testudo.element.config.ClusterConfig.StaticRole;
import net.testudo.element.config.ConfigDocument;
import net.testudo.element.config.ConfigPath;
import net.testudo.element.management.Content;
import net.testudo.element.net.DeviceSet;
import org.jspecify.annotations.Nullable;

/// The members as the configuration lists them, and the content with one more or one less.
final class MemberList {
    private static final String ADMIN_STATE = "/admin-state";
    private static final String ADMIN_REASON = "/admin-reason";

    private MemberList() {}

    static DeviceSet devices(ClusterConfig config) {
        DeviceSet devices = DeviceSet.NONE;
        for (Member member : config.members()) {
            devices = devices.with(member.id());
        }
        return devices;
    }

    /// The members that are in maintenance.
    static DeviceSet deactivated(ClusterConfig config) {
        DeviceSet devices = DeviceSet.NONE;
        for (Member member : config.members()) {
            devices = member.adminState() == AdminState.MAINTENANCE ? devices.with(member.id()) : devices;
        }
        return devices;
    }

    /// What the operator wants of `device` as a candidate.
    static Candidate.Wish wish(@Nullable ClusterConfig config, int device) {
        Optional<Member> member = config == null ? Optional.empty() : config.member(device);
        boolean standby = member.isPresent() && member.get().staticRole() == StaticRole.STANDBY;
        return new Candidate.Wish(standby, member.map(Member::priority).orElse(Member.PRIORITY));
    }

    /// The serial number of `device`, empty if it is no member.
    static String serial(ClusterConfig config, int device) {
        return config.member(device).map(Member::serial).orElse("");
    }

    static Optional<Integer> device(ClusterConfig config, String serial) {
        return config.member(serial).map(Member::id);
    }

    /// The lowest device number that was never given, 0 if all were.
    static int freeNumber(SortedMap<String, Integer> numbers) {
        for (int d = 1; d <= DeviceSet.DEVICE_MAX; d++) {
            if (!numbers.containsValue(d)) {
                return d;
            }
        }
        return 0;
    }

    /// `content` with the device as a member; an entry that exists keeps what it says and gets the number.
    static Content with(Content content, String serial, int device) {
        String entry = ConfigPath.entry(ClusterConfig.MEMBERS, "serial", serial);
        ConfigDocument document = document(content);
        ConfigDocument edited = document.with(entry + "/id", Integer.toString(device));
        if (document.value(entry + "/static-role").isEmpty()) {
            edited = edited.with(entry + "/static-role", ClusterConfig.StaticRole.ACTIVE.text());
        }
        return new Content(edited.text(), content.secrets());
    }

    /// `content` without the device, its join key included, and with an entry for another one, which waits for its
    /// number, and says the same; but for maintenance, which ends with the old device.
    static Content replaced(Content content, String serial, String by) {
        String old = ConfigPath.entry(ClusterConfig.MEMBERS, "serial", serial);
        String entry = ConfigPath.entry(ClusterConfig.MEMBERS, "serial", by);
        ConfigDocument document = document(activated(content, serial)).without(old + "/id");
        ConfigDocument edited = document.without(old).with(entry);
        for (String path : document.paths()) {
            Optional<String> value = path.startsWith(old + "/") ? document.value(path) : Optional.empty();
            edited = value.isEmpty() ? edited : edited.with(entry + path.substring(old.length()), value.get());
        }
        String key = ConfigPath.entry(ClusterConfig.JOIN_KEYS, "serial", serial);
        ConfigDocument secrets = ConfigDocument.parse(content.secrets()) instanceof ConfigDocument.Valid valid
                ? valid.document().without(key)
                : ConfigDocument.EMPTY;
        return new Content(edited.text(), secrets.text());
    }

    /// `content` without the device.
    static Content without(Content content, String serial) {
        String entry = ConfigPath.entry(ClusterConfig.MEMBERS, "serial", serial);
        return new Content(document(content).without(entry).text(), content.secrets());
    }

    /// `content` with the device in maintenance.
    ///
    /// @param reason why, may be empty
    static Content deactivated(Content content, String serial, String reason) {
        String entry = ConfigPath.entry(ClusterConfig.MEMBERS, "serial", serial);
        ConfigDocument document =
                document(activated(content, serial)).with(entry + ADMIN_STATE, AdminState.MAINTENANCE.text());
        ConfigDocument edited = reason.isEmpty() ? document : document.with(entry + ADMIN_REASON, reason);
        return new Content(edited.text(), content.secrets());
    }

    /// `content` with the device in service.
    static Content activated(Content content, String serial) {
        String entry = ConfigPath.entry(ClusterConfig.MEMBERS, "serial", serial);
        ConfigDocument edited = document(content).without(entry + ADMIN_STATE).without(entry + ADMIN_REASON);
        return new Content(edited.text(), content.secrets());
    }

    private static ConfigDocument document(Content content) {
        return ConfigDocument.parse(content.configuration()) instanceof ConfigDocument.Valid valid
                ? valid.document()
                : ConfigDocument.EMPTY;
    }
}
