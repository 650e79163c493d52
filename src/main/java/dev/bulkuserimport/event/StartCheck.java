package dev.bulkuserimport.event;

import dev.bulkuserimport.config.InvalidSettingException;
import dev.bulkuserimport.config.Settings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/**
 * Reads the settings at startup, so that an invalid one is found then and not by the first import. Lambda's init error would only say that
 * Quarkus did not start, so the function reports the setting itself and exits.
 */
@Singleton
class StartCheck {

    /** EX_CONFIG of sysexits.h; Lambda logs it. */
    private static final int EXIT_STATUS = 78;

    private final Instance<Settings> settings;

    StartCheck(Instance<Settings> settings) {
        this.settings = settings;
    }

    void check(@Observes StartupEvent start) {
        try {
            settings.get();
        } catch (InvalidSettingException e) {
            String why = String.valueOf(e.getMessage());
            RuntimeAnswer.initError(e.getClass().getName(), why, () -> {
                System.out.println("The function does not start: " + why);
                System.out.flush();
                Runtime.getRuntime().halt(EXIT_STATUS);
            });
            throw e;
        }
    }
}
