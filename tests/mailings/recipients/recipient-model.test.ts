import { describe, expect, test } from "vitest";
import { tagsIn } from "@/lib/mailings/recipients/recipient-list-model";
import { recipientSchema, recipientsAddress } from "@/lib/mailings/recipients/recipient-model";
import { somebody } from "../../support/recipients";

const wrong = (given: object) =>
  recipientSchema
    .safeParse({ ...somebody("a@example.kz"), ...given })
    .error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? [];

describe("what a form says of a recipient", () => {
  test.each(["Имя\r\nBcc: victim@example.kz", "Имя\nSubject: x", "a\u2028b", "a\u0085b"])(
    "a name that would begin another line of a letter's head is refused: %j",
    (fullName) => {
      expect(wrong({ fullName })).toEqual(["fullName line_break"]);
    },
  );

  test.each([
    "",
    "nobody",
    "a@b",
    "a b@example.kz",
    "a@example.kz\r\nBcc: b@example.kz",
    "a@example.kz, b@example.kz",
    "Имя <a@example.kz>",
    `${"a".repeat(250)}@example.kz`,
  ])("an address that is none is refused: %j", (email) => {
    expect(wrong({ email })).toHaveLength(1);
  });

  test("an address keeps its letters, without what stands around it", () => {
    const { email } = recipientSchema.parse(somebody("  Name@Example.KZ \n"));
    expect(email).toBe("Name@Example.KZ");
  });

  test("a name of a megabyte is refused, one that Postgres would refuse is made one it takes", () => {
    expect(wrong({ fullName: "я".repeat(1_000_000) })).toEqual(["fullName text_too_long"]);
    const odd = recipientSchema.parse({ ...somebody("a@example.kz"), fullName: "А\0б\uD800" });
    expect(odd.fullName).toBe("Аб");
  });

  test("tags have no commas and no breaks, are of 50 signs, 20 in all, each once", () => {
    expect(wrong({ tags: ["а,б"] })).toEqual(["tags.0 tag_signs"]);
    expect(wrong({ tags: ["а\nб"] })).toEqual(["tags.0 tag_signs"]);
    expect(wrong({ tags: ["а".repeat(51)] })).toEqual(["tags.0 tag_long"]);
    expect(wrong({ tags: Array.from({ length: 21 }, (_, nth) => `${nth}`) })).toEqual([
      "tags tags_many",
    ]);
    const { tags } = recipientSchema.parse({ ...somebody("a@example.kz"), tags: ["а", " а "] });
    expect(tags).toEqual(["а"]);
  });
});

test("tags are typed with commas, semicolons or breaks between them", () => {
  expect(tagsIn(" опт, поставщики;опт\n,, ")).toEqual(["опт", "поставщики"]);
});

test("an address of the list that makes no sense is read as far as it does", () => {
  const read = recipientsAddress.parse({ q: " \0 ", sort: "id; drop", page: "-1", state: "x" });
  expect(read).toEqual({ sort: "-added", page: 1 });
});
