package dev.bulkuserimport.support;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkuserimport.embedded.OktaDirectory;
import java.util.Map;
import java.util.TreeMap;

/** Somebody in an HR system's export, by an external ID. */
public record Person(String login, String department) {

    /** A profile as Okta holds it. */
    public static Person of(JsonNode profile) {
        return new Person(
                profile.path("userName").asText(), profile.path("department").asText());
    }

    /** Everybody whom Okta holds. */
    public static Map<String, Person> in(OktaDirectory directory) {
        Map<String, Person> held = new TreeMap<>();
        directory.present().forEach((id, profile) -> held.put(id, of(profile)));
        return held;
    }

    /** People numbered from {@code from} to before {@code to}, all of one department. */
    public static Map<String, Person> staff(int from, int to, String department) {
        Map<String, Person> people = new TreeMap<>();
        for (int i = from; i < to; i++) {
            people.put("E-" + i, new Person("u" + i + "@example.com", department));
        }
        return people;
    }

    /** The export, as a spreadsheet of some countries writes it. */
    public static String csv(Map<String, Person> people) {
        StringBuilder csv = new StringBuilder(48 * people.size() + 48).append("External ID;User Name;department\r\n");
        people.forEach((id, person) -> csv.append(id)
                .append(';')
                .append(person.login)
                .append(';')
                .append(person.department)
                .append("\r\n"));
        return csv.toString();
    }
}
