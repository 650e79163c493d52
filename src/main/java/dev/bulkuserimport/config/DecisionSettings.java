package dev.bulkuserimport.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How files that a guard stops wait for a person.
 *
 * @param days how long they wait, 0 to 6; 0 ends them at once
 * @param function the name of the function that takes decisions; empty where that is this one
 * @param url where decisions go over HTTP; empty where they don't
 * @param only whether this function takes decisions and does nothing else
 */
public record DecisionSettings(int days, Optional<String> function, Optional<String> url, boolean only) {

    /** An execution of the state machine lives for seven days. Source: {@code TimeoutSeconds} in {@code infra/import.asl.json}. */
    static final int MOST_DAYS = 6;

    /** The value of {@code IMPORT_DECIDE_FUNCTION} in the function that takes the decisions. */
    static final String THIS = "this";

    /** A function's name or ARN, with or without an alias. Source: FunctionName of Invoke in the Lambda API reference. */
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z0-9:_$-]{1,170}");

    private static final Pattern URL = Pattern.compile("https?://[A-Za-z0-9.:/_-]{1,500}");

    static DecisionSettings of(RawSettings given) {
        int days = given.line(Setting.IMPORT_DECISION_DAYS)
                .map(text -> number(text))
                .orElse(0);
        Optional<String> function = given.line(
                Setting.IMPORT_DECIDE_FUNCTION,
                FUNCTION.asMatchPredicate(),
                "is not a Lambda function's name or ARN, nor " + THIS);
        Optional<String> url =
                given.line(Setting.IMPORT_DECIDE_URL, URL.asMatchPredicate(), "is not a URL (https://…)");
        boolean only = function.filter(THIS::equals).isPresent();
        return new DecisionSettings(days, function.filter(name -> !only), url, only);
    }

    private static int number(String text) {
        if (text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '0' + MOST_DAYS) {
            return text.charAt(0) - '0';
        }
        throw new InvalidSettingException(
                Setting.IMPORT_DECISION_DAYS, "must be a whole number from 0 to " + MOST_DAYS);
    }

    /** Whether this function takes decisions. */
    public boolean areTakenHere() {
        return only || days > 0 && function.isEmpty();
    }
}
