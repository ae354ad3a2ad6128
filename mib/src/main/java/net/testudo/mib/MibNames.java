package net.testudo.mib;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The names of constants as a MIB module writes them.
final class MibNames {
    private MibNames() {}

    /// `BACKUP_MASTER` as `BackupMaster`.
    static String upperCamel(String constant) {
        return Arrays.stream(constant.split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
