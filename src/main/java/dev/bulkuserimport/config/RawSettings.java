package dev.bulkuserimport.config;

import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Reads settings as they were given. Quarkus would resolve expressions in them, so that a secret with <code>${…}</code> in it counted as
 * not set and let everybody in; here a value is what it is, and one that can't be meant stops the start.
 */
final class RawSettings {

    /** What a template or a script leaves behind when it had nothing to put in. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]*}|\\{\\{[^{}]*}}");

    private final Iterable<ConfigSource> sources;

    RawSettings(Config config) {
        // In the order of their precedence.
        this.sources = config.getConfigSources();
    }

    /**
     * A setting's value; empty when it isn't given.
     *
     * @throws InvalidSettingException when it is given and holds nothing, or nothing but a placeholder
     */
    Optional<String> get(Setting setting) {
        for (ConfigSource source : sources) {
            String value = source.getValue(setting.property());
            if (value != null) {
                return Optional.of(usable(setting, value));
            }
        }
        return Optional.empty();
    }

    /** The same on one line: a line break at the end is taken off, one inside stops the start. */
    Optional<String> line(Setting setting) {
        return get(setting).map(value -> {
            String line = value.strip();
            if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
                throw new InvalidSettingException(setting, "holds a line break; it must be one line");
            }
            return line;
        });
    }

    private static String usable(Setting setting, String value) {
        if (value.isBlank()) {
            throw new InvalidSettingException(setting, "is given but empty: give a value, or leave the variable out");
        }
        if (PLACEHOLDER.matcher(value.strip()).matches()) {
            throw new InvalidSettingException(
                    setting, "holds a placeholder that was never filled in: give a value, or leave the variable out");
        }
        return value;
    }
}
