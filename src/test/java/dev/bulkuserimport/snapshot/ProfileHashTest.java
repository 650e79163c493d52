package dev.bulkuserimport.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A profile's hash")
class ProfileHashTest {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @Test
    @DisplayName("is made of HMAC-SHA256, as another implementation computes it, for texts of any length")
    void isHmac() throws Exception {
        KeyedHash keyed = HashKey.of(KEY).hash();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        byte[] text = new byte[300];
        new Random(17).nextBytes(text);
        for (int length = 0; length <= text.length; length++) {
            mac.update(text, 0, length);
            assertThat(keyed.of(text, length))
                    .isEqualTo(ByteBuffer.wrap(mac.doFinal()).getLong());
        }
    }

    @Test
    @DisplayName("stays the same however often a value comes, and whatever comes between")
    void known() {
        PropertyNames names = new PropertyNames(java.util.List.of());
        ProfileHash often = new ProfileHash(HashKey.of(KEY));
        Random random = new Random(17);
        for (int i = 0; i < 30_000; i++) {
            String name = "property" + random.nextInt(3);
            // Some values are shared, some are one person's alone, some are long.
            String value = random.nextInt(2) == 0
                    ? "D" + random.nextInt(2_000)
                    : "x".repeat(random.nextInt(80)) + random.nextInt();
            assertThat(hash(often, names, name, value))
                    .as("%s=%s", name, value)
                    .isEqualTo(hash(new ProfileHash(HashKey.of(KEY)), names, name, value));
        }
    }

    private static long hash(ProfileHash profile, PropertyNames names, String name, String value) {
        profile.begin();
        char[] padded = (".." + value + "..").toCharArray();
        profile.property(names.number(name), name, padded, 2, value.length());
        return profile.sum();
    }
}
