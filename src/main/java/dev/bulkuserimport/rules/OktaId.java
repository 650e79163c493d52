package dev.bulkuserimport.rules;

import java.util.regex.Pattern;

/** The format of Okta's IDs. They become part of a URL path, so nothing else is accepted. */
public final class OktaId {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private OktaId() {}

    public static boolean isValid(String id) {
        return FORM.matcher(id).matches();
    }
}
