package dev.bulkuserimport.event;

import java.util.Optional;

/** The operations other than the import: a direct invocation names one in {@code action}, an HTTP request through its route. */
enum Action {
    LIST_APPLICATIONS("listApplications"),
    LIST_PROPERTIES("listProperties"),
    TEMPLATE("template"),
    MAP_USERS("mapUsers"),
    INSPECT("inspect"),
    CHECK("check"),
    CREATE_SESSION("createSession"),
    LIST_SESSIONS("listSessions"),
    GET_SESSION("getSession"),
    START_IMPORT("startImport"),
    CANCEL_SESSION("cancelSession"),
    PLAN_FILE("planFile"),
    IMPORT_SESSION("importSession"),
    FOLLOW_SESSION("followSession"),
    FINISH_FILE("finishFile"),
    AWAIT_DECISION("awaitDecision"),
    DECIDE("decide"),
    REBUILD_STATE("rebuildState");

    private final String id;

    Action(String id) {
        this.id = id;
    }

    /** Its name in the public interface. */
    String id() {
        return id;
    }

    /** Whether it takes a body instead of a few arguments, and stores nothing that a repetition could duplicate. */
    boolean readsBody() {
        return this == MAP_USERS || this == INSPECT;
    }

    /** The operation with this name, which is case-sensitive; empty if there is none. */
    static Optional<Action> of(String id) {
        for (Action action : values()) {
            if (action.id.equals(id)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
