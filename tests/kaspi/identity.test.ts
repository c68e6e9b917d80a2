import { describe, expect, test } from "vitest";
import {
  brandList,
  firstIdentity,
  headersOf,
  identities,
  identityByKey,
} from "@/lib/kaspi/identity";
import { fixture } from "./fixtures";

describe("an identity", () => {
  test.each(identities)("$key says one thing everywhere", ({ userAgent, hints }) => {
    const [, version = ""] = /Chrome\/(\d+)\./.exec(userAgent) ?? [];
    expect(hints["sec-ch-ua"]).toContain(`"Chromium";v="${version}"`);
    expect(hints["sec-ch-ua"]?.includes("Microsoft Edge")).toBe(userAgent.includes("Edg/"));
    expect(hints["sec-ch-ua-platform"] === '"macOS"').toBe(userAgent.includes("Macintosh"));
    expect(userAgent).toMatch(/^Mozilla\/5\.0 \(/);
  });

  test("is known by a key of its own, and one that is gone is the first", () => {
    expect(new Set(identities.map(({ key }) => key)).size).toBe(identities.length);
    for (const one of identities) expect(identityByKey(one.key)).toBe(one);
    expect(identityByKey("netscape")).toBe(firstIdentity);
    expect(identityByKey(null)).toBe(firstIdentity);
  });

  test("names itself as Chrome 131 did: the invented brand and the order follow the version", () => {
    const sent = '"Google Chrome";v="131", "Chromium";v="131", "Not_A Brand";v="24"';
    expect(brandList("Google Chrome", 131)).toBe(sent);
  });

  test("of the first exit is the one whose headers Kaspi is known to answer", () => {
    const sample = fixture("offer-view-offers_request-headers.txt");
    const headers = headersOf(firstIdentity);
    for (const name of ["User-Agent", "Accept-Language"])
      expect(sample).toContain(`${name}: ${headers[name]}`);
  });
});
