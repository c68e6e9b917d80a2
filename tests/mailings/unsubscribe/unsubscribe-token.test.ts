import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { recipientOfToken, unsubscribeToken } from "@/lib/mailings/unsubscribe/unsubscribe-token";

const id = randomUUID();

test("a link knows whose letters it ends", () => {
  const token = unsubscribeToken(id, "secret");
  expect(token).toMatch(/^[\w-]{22}\.[\w-]{24}$/);
  expect(recipientOfToken(token, "secret")).toBe(id);
});

test("nobody makes one without the secret, nor of another's", () => {
  const [own = "", signature = ""] = unsubscribeToken(id, "secret").split(".");
  const [other = ""] = unsubscribeToken(randomUUID(), "secret").split(".");
  for (const token of [
    `${other}.${signature}`,
    `${own}.${"A".repeat(24)}`,
    own,
    "",
    `${own}.${signature}x`,
  ])
    expect(recipientOfToken(token, "secret")).toBeNull();
  expect(recipientOfToken(unsubscribeToken(id, "another"), "secret")).toBeNull();
});
