package dev.bulkuserimport.rules;

import java.util.regex.Pattern;

/** The form of Okta's ids. They become part of a URL's path, so nothing else may get through. */
public final class OktaId {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private OktaId() {}

    public static boolean isValid(String id) {
        return FORM.matcher(id).matches();
    }
}
