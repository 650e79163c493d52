package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** A user of an application, as Okta holds it. The profile is kept as the bytes that came: a hundred thousand of them fit beside a test. */
public final class OktaUser {

    private final String id;
    private final String externalId;
    private byte[] profile;
    private String login;
    private String status;
    private Instant lastUpdated;
    private Instant statusChanged;
    private int upserts;
    private int deletes;

    OktaUser(String id, String externalId) {
        this.id = id;
        this.externalId = externalId;
    }

    /** Okta's own ID of the application user. */
    public String id() {
        return id;
    }

    public String externalId() {
        return externalId;
    }

    /** {@code ACTIVE}, {@code IMPORTED}, {@code MATCHED}, {@code UNASSIGNED} or {@code DEPROVISIONED}. */
    public String status() {
        return status;
    }

    /** The profile of the last import that reached the directory. */
    public JsonNode profile() {
        try {
            return OktaAnswer.JSON.readTree(profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many processed sessions had it as an upsert. */
    public int upserts() {
        return upserts;
    }

    /** How many processed sessions had it as a deletion. */
    public int deletes() {
        return deletes;
    }

    public boolean isGone() {
        return status.equals("DEPROVISIONED");
    }

    /** Whether Okta shows the external ID: it is set when the user is confirmed. */
    boolean isConfirmed() {
        return status.equals("ACTIVE") || status.equals("DEPROVISIONED");
    }

    String login() {
        return login;
    }

    byte[] bytes() {
        return profile;
    }

    Instant lastUpdated() {
        return lastUpdated;
    }

    Instant statusChanged() {
        return statusChanged;
    }

    void upsert(byte[] newProfile, String newLogin, Instant now) {
        profile = newProfile;
        login = newLogin;
        upserts++;
        lastUpdated = now;
    }

    void delete(Instant now) {
        deletes++;
        lastUpdated = now;
        status("DEPROVISIONED", now);
    }

    void status(String newStatus, Instant now) {
        if (!newStatus.equals(status)) {
            status = newStatus;
            statusChanged = now;
        }
    }
}
