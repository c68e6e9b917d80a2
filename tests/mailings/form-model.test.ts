import { expect, test } from "vitest";
import { mailingIdSchema, savedMailingSchema } from "@/lib/mailings/form-model";
import { attemptListSchema } from "@/lib/mailings/list-model";

test("a number that no row can have is refused before it is looked for", () => {
  expect(mailingIdSchema.safeParse({ mailingId: 2_147_483_647 }).success).toBe(true);
  expect(mailingIdSchema.safeParse({ mailingId: 2_147_483_648 }).success).toBe(false);
  expect(attemptListSchema.parse({ run: "9999999999", after: "9999999999" })).toEqual({});
});

test("a tag has nothing that Postgres refuses", () => {
  const given = { messageId: "00000000-0000-4000-8000-000000000001", toAll: false };
  const when = { recipientIds: [], first: null, last: null, repeats: "none" };
  const { tags } = savedMailingSchema.parse({ ...given, ...when, tags: ["опт\0\uD800"] });
  expect(tags).toEqual(["опт"]);
});
