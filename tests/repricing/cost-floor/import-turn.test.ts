import { expect, test } from "vitest";
import { inImportTurn } from "@/lib/repricing/cost-floor/import-turn";
import { person } from "../../support/person";

test("a person has one file under way, and others have theirs", async () => {
  let end = () => {};
  const first = inImportTurn(person("one"), () => new Promise<void>((done) => (end = done)));
  await expect(inImportTurn(person("one"), async () => "second")).rejects.toMatchObject({
    kind: "rate_limited",
    key: "import_under_way",
  });
  expect(await inImportTurn(person("two"), async () => "theirs")).toBe("theirs");
  end();
  await first;
  expect(await inImportTurn(person("one"), async () => "later")).toBe("later");
});
