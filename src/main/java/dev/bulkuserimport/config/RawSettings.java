package dev.bulkuserimport.config;

import dev.bulkuserimport.secret.Secrets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Reads settings as they were given. Quarkus would resolve expressions in them, so that a secret containing <code>${…}</code> would count
 * as not set and let every caller in. Here a value is taken literally, and one that can't be intended stops the start.
 */
final class RawSettings {

    /** What a template or a script leaves behind when it had no value to insert. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]*}|\\{\\{[^{}]*}}");

    private final Iterable<ConfigSource> sources;

    RawSettings(Config config) {
        // In the order of their precedence.
        this.sources = config.getConfigSources();
    }

    /**
     * A setting's value; empty when it isn't set.
     *
     * @throws InvalidSettingException when it is set but empty, or contains only a placeholder
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

    /** The same as a single line: a line break at the end is removed, one inside stops the start. */
    Optional<String> line(Setting setting) {
        return get(setting).map(value -> {
            String line = value.strip();
            if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
                throw new InvalidSettingException(setting, "contains a line break; it must be a single line");
            }
            return line;
        });
    }

    /**
     * The same, where not every value is valid.
     *
     * @param wrong what to say of an invalid value
     */
    Optional<String> line(Setting setting, Predicate<String> isValid, String wrong) {
        Optional<String> line = line(setting);
        if (line.filter(isValid.negate()).isPresent()) {
            throw new InvalidSettingException(setting, wrong);
        }
        return line;
    }

    /**
     * A secret of any number of lines, or where it is stored.
     *
     * @throws InvalidSettingException also when it is an ARN, but not one of a secret
     */
    Optional<String> secret(Setting setting) {
        return get(setting).map(value -> secret(setting, value));
    }

    /** The same as a single line. */
    Optional<String> secretLine(Setting setting) {
        return line(setting).map(value -> secret(setting, value));
    }

    private static String secret(Setting setting, String value) {
        if (Secrets.isMalformed(value)) {
            throw new InvalidSettingException(
                    setting,
                    "begins like an ARN, but is not that of a secret or of an SSM parameter: give"
                            + " arn:aws:secretsmanager:{region}:{account}:secret:{name}, with :{key}:: behind it for a key of"
                            + " its JSON, or arn:aws:ssm:{region}:{account}:parameter/{name}");
        }
        return value;
    }

    private static String usable(Setting setting, String value) {
        if (value.isBlank()) {
            throw new InvalidSettingException(setting, "is set but empty: give it a value, or remove the variable");
        }
        if (PLACEHOLDER.matcher(value.strip()).matches()) {
            throw new InvalidSettingException(
                    setting, "contains a placeholder that was never replaced: give it a value, or remove the variable");
        }
        return value;
    }
}
