import path from "node:path";
import { expect, test } from "vitest";
import { instanceFrom } from "../../scripts/launcher/instance.mjs";

test("nothing given: the training Kaspi on this machine, data beside the project", () => {
  expect(instanceFrom({})).toMatchObject({
    dataDir: path.resolve(".data"),
    kaspi: "twin",
    host: "127.0.0.1",
    port: null,
    databaseUrl: null,
    ownTwin: true,
  });
});

test("empty values count as not given", () => {
  const given = { PORT: "", KASPI: "", DATA_DIR: "", DATABASE_URL: "", HOST: "" };
  expect(instanceFrom(given)).toEqual(instanceFrom({}));
});

test("with all four addresses given no twin of our own is started", () => {
  const urls = {
    KASPI_CABINET_URL: "http://127.0.0.1:4000",
    KASPI_ID_URL: "http://127.0.0.1:4001",
    KASPI_STOREFRONT_URL: "http://127.0.0.1:4002",
  };
  expect(instanceFrom(urls).ownTwin).toBe(true);
  expect(instanceFrom({ ...urls, KASPI_IMAGES_URL: "http://127.0.0.1:4002" }).ownTwin).toBe(false);
});

test("the real Kaspi has no twin and may be served to others", () => {
  const live = instanceFrom({ KASPI: "live", HOST: "0.0.0.0" });
  expect(live).toMatchObject({ kaspi: "live", host: "0.0.0.0", ownTwin: false });
});

test.each([
  [{ KASPI: "Live" }, "KASPI=Live"],
  [{ PORT: "http" }, "PORT=http"],
  [{ PORT: "70000" }, "PORT=70000"],
  [{ PORT: "-1" }, "PORT=-1"],
  [{ HOST: "0.0.0.0" }, "HOST"],
])("%j is refused in words", (given, words) => {
  expect(() => instanceFrom(given)).toThrow(words);
});
