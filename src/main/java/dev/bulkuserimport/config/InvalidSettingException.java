package dev.bulkuserimport.config;

/** A setting is missing or wrong. The message names the environment variable and never quotes a secret. */
public final class InvalidSettingException extends RuntimeException {

    public InvalidSettingException(Setting setting, String what) {
        super(setting + " " + what);
    }
}
