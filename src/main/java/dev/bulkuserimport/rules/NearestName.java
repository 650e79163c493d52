package dev.bulkuserimport.rules;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the property that a person means by a name that nobody knows: first the words that HR systems use for it, in English and German,
 * then the nearest spelling.
 */
public final class NearestName {

    /** Longer names are only looked up as words: nobody mistypes that much, and comparing costs the product of both lengths. */
    private static final int LONGEST = 64;

    /** Letters that a known name may be away, at most; for short names a third of their length. */
    private static final int MOST_EDITS = 4;

    /** Words, folded, and the properties that they may mean, the likeliest first. */
    private static final Map<String, List<String>> WORDS = new HashMap<>();

    static {
        words(
                "userName",
                "login",
                "logon",
                "loginname",
                "logonname",
                "loginid",
                "userlogin",
                "upn",
                "userprincipalname",
                "user",
                "benutzer",
                "benutzername",
                "anmeldename",
                "benutzerkennung",
                "kennung",
                "samaccountname",
                "netid",
                "uid");
        words(
                "email",
                "mail",
                "emailaddress",
                "mailaddress",
                "workemail",
                "primaryemail",
                "businessemail",
                "companyemail",
                "emailadresse",
                "mailadresse",
                "dienstlicheemail",
                "emailprimarywork",
                "workemailaddress",
                "emailwork",
                "workcontactworkemail",
                "emailaddressrequired");
        words(
                "secondEmail",
                "secondaryemail",
                "alternateemail",
                "otheremail",
                "privateemail",
                "personalemail",
                "homeemail",
                "recoveryemail",
                "zweiteemail",
                "privateemailadresse",
                "alternativeemail",
                "backupemail",
                "homesecondaryemail");
        words(
                "firstName",
                "givenname",
                "forename",
                "first",
                "fname",
                "vorname",
                "rufname",
                "preferredname",
                "legalfirstname",
                "firstnamerequired",
                "christianname");
        words(
                "lastName",
                "surname",
                "familyname",
                "last",
                "lname",
                "nachname",
                "familienname",
                "zuname",
                "sn",
                "legallastname",
                "lastnamerequired",
                "name");
        words(
                "mobilePhone",
                "mobile",
                "mobilenumber",
                "mobilephonenumber",
                "cell",
                "cellphone",
                "cellphonenumber",
                "handy",
                "handynummer",
                "mobil",
                "mobiltelefon",
                "mobilnummer",
                "personalmobile",
                "mobiltelefonnummer");
        words(
                "homeAddress",
                "address",
                "home",
                "privateaddress",
                "adresse",
                "anschrift",
                "privatadresse",
                "wohnadresse",
                "wohnort");
        words(
                "primaryPhone|workPhone|mobilePhone",
                "phone",
                "phonenumber",
                "telephone",
                "telephonenumber",
                "telefon",
                "telefonnummer",
                "workphone",
                "officephone",
                "phoneprimarywork");
        words(
                "department",
                "dept",
                "departmentname",
                "abteilung",
                "bereich",
                "homedepartment",
                "homedepartmentdescription",
                "team");
        words("costCenter", "cc", "costcentre", "costcentercode", "kostenstelle", "kst");
        words(
                "employeeNumber|employeeId",
                "employeeid",
                "employeenumber",
                "employeeno",
                "empid",
                "empno",
                "staffid",
                "staffnumber",
                "personnelnumber",
                "personalnummer",
                "mitarbeiternummer",
                "workerid",
                "associateid",
                "employeeidentifier");
        words(
                "title|jobTitle",
                "jobtitle",
                "position",
                "role",
                "jobname",
                "funktion",
                "stelle",
                "stellenbezeichnung",
                "titel",
                "employeetitle",
                "jobtitledescription",
                "businesstitle");
        words(
                "organization|company",
                "company",
                "organisation",
                "organization",
                "companyname",
                "firma",
                "unternehmen",
                "gesellschaft",
                "employer");
        words("displayName", "fullname", "displayname", "anzeigename", "vollername", "payrollname");
        words("manager", "supervisor", "boss", "reportsto", "vorgesetzter", "managername");
        words("managerId", "managerid", "supervisorid", "manageremployeeid");
        words("city", "town", "location", "ort", "stadt");
        words("zipCode|postalCode", "zip", "zipcode", "postcode", "postalcode", "plz", "postleitzahl");
        words("countryCode|country", "country", "countrycode", "land");
        words("streetAddress", "street", "strasse", "straße", "addressline1");
        words("startDate|hireDate", "hiredate", "startdate", "dateofhire", "entrydate", "eintritt", "eintrittsdatum");
        words("userType|employeeType", "workertype", "employeetype", "usertype", "employmenttype", "mitarbeitertyp");
    }

    private NearestName() {}

    private static void words(String properties, String... folded) {
        List<String> meant = List.of(properties.split("\\|"));
        for (String word : folded) {
            WORDS.putIfAbsent(word, meant);
        }
    }

    /** A name as names are compared: in lower case, without white space, underscores and hyphens. */
    public static String folded(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        name.codePoints()
                .filter(c -> c != '_' && c != '-' && !IdentityText.isInvisible(c))
                .forEach(folded::appendCodePoint);
        return folded.toString().toLowerCase(Locale.ROOT);
    }

    /** The one of the {@code known} names that {@code name} most likely means. */
    public static Optional<String> among(Collection<String> known, String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = folded(name);
        for (String meant : WORDS.getOrDefault(letters(wanted), List.of())) {
            if (known.contains(meant)) {
                return Optional.of(meant);
            }
        }
        String best = null;
        int bestDistance = Math.min(MOST_EDITS, Math.max(1, wanted.length() / 3)) + 1;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - wanted.length()) < bestDistance + MOST_EDITS) {
                int distance = distance(wanted, folded(candidate), bestDistance);
                if (distance < bestDistance) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Without what vendors put around names: brackets, colons, points. */
    private static String letters(String folded) {
        StringBuilder letters = new StringBuilder(folded.length());
        folded.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return letters.toString();
    }

    /** Levenshtein's distance over two rows, given up once it can't be less than {@code limit}. */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitute, Math.min(previous[j], current[j - 1]) + 1);
                least = Math.min(least, current[j]);
            }
            if (least >= limit) {
                return limit;
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
