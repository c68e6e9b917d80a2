import { expect, test } from "vitest";
import { addressOf } from "@/lib/auth/address";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["1.2.3.4, 203.0.113.7", "203.0.113.7"],
  ["::ffff:127.0.0.1", "127.0.0.1"],
  ["2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["1.2.3.4, somebody", "unknown"],
  ["", "unknown"],
  [undefined, "unknown"],
])("%j comes from %s", (forwardedFor, address) => {
  expect(addressOf(forwardedFor)).toBe(address);
});
