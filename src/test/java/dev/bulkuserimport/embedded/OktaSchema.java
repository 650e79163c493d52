package dev.bulkuserimport.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** An application's profile schema in the making, in the form that Okta's schema endpoint gives it. */
public final class OktaSchema {

    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("userName", "Username");
        TITLES.put("firstName", "First name");
        TITLES.put("lastName", "Last name");
        TITLES.put("email", "Email");
        TITLES.put("secondEmail", "Second email");
        TITLES.put("mobilePhone", "Mobile phone");
        TITLES.put("homeAddress", "Home address");
    }

    private final Map<String, ObjectNode> base = new LinkedHashMap<>();
    private final Map<String, ObjectNode> custom = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();

    private OktaSchema() {}

    /** Whether a name is none that a custom property can have: a standard property, or what isn't of the profile at all. */
    static boolean isReserved(String name) {
        return TITLES.containsKey(name) || name.equals("externalId");
    }

    /** The seven standard properties, of which an application requires only userName. */
    public static OktaSchema standard() {
        OktaSchema schema = new OktaSchema();
        TITLES.forEach((name, title) -> schema.base.put(name, property(title, "string")));
        return schema.require("userName");
    }

    /** Adds custom properties of type string, titled like their names. */
    public OktaSchema custom(String... names) {
        for (String name : names) {
            custom(name, name, "string");
        }
        return this;
    }

    public OktaSchema custom(String name, String title, String type) {
        custom.put(name, property(title, type));
        return this;
    }

    /** Properties without which the application takes no user. */
    public OktaSchema require(String... names) {
        required.addAll(Set.of(names));
        return this;
    }

    /** As Okta writes it: what is required stands at the property and in the list beside the properties. */
    public JsonNode json() {
        ObjectNode schema = OktaAnswer.JSON.createObjectNode();
        schema.put("$schema", "http://json-schema.org/draft-04/schema#");
        schema.put("name", "Custom Identity Source User").put("type", "object");
        ObjectNode definitions = schema.putObject("definitions");
        write(definitions, "custom", custom);
        write(definitions, "base", base);
        return schema;
    }

    private void write(ObjectNode definitions, String name, Map<String, ObjectNode> properties) {
        ObjectNode part = definitions.putObject(name);
        part.put("id", "#" + name).put("type", "object");
        ObjectNode list = part.putObject("properties");
        ArrayNode needed = part.putArray("required");
        properties.forEach((property, described) -> {
            ObjectNode copy = described.deepCopy();
            if (required.contains(property)) {
                copy.put("required", true);
                needed.add(property);
            }
            list.set(property, copy);
        });
    }

    private static ObjectNode property(String title, String type) {
        return OktaAnswer.JSON
                .createObjectNode()
                .put("title", title)
                .put("type", type)
                .put("scope", "NONE");
    }
}
