import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { envNames, logSettings, parseEnv } from "@/lib/env";

const example = readFileSync(".env.example", "utf8");
const documented = [...example.matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name);
const readByTheLauncher = ["PORT", "HOST", "DEMO"];

const enough = {
  KASPI: "live",
  DATABASE_URL: "postgres://duken@127.0.0.1/duken",
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  NEXTAUTH_SECRET: "x".repeat(32),
  NEXTAUTH_URL: "https://duken.example.kz/",
};

test(".env.example names every variable that is read, and no other", () => {
  expect(documented.sort()).toEqual([...envNames, ...readByTheLauncher].sort());
});

test("an empty value counts as not given", () => {
  expect(parseEnv({ ...enough, JOBS: "", LOG_DIR: "" }).JOBS).toBe("in-app");
});

test("an address loses its trailing slash", () => {
  expect(parseEnv(enough).NEXTAUTH_URL).toBe("https://duken.example.kz");
});

test("the training mode refuses every address of the real Kaspi", () => {
  const urls = {
    KASPI_CABINET_URL: "http://127.0.0.1:1",
    KASPI_ID_URL: "http://127.0.0.1:1",
    KASPI_STOREFRONT_URL: "http://127.0.0.1:1",
    KASPI_IMAGES_URL: "http://127.0.0.1:1",
  };
  expect(parseEnv({ ...enough, KASPI: "twin", ...urls }).KASPI).toBe("twin");
  for (const name of Object.keys(urls)) {
    const forgotten = { ...enough, KASPI: "twin", ...urls, [name]: undefined };
    expect(() => parseEnv(forgotten)).toThrow(`${name}: is the real Kaspi`);
  }
});

test.each([
  "https://kaspi.kz:443",
  "https://KASPI.kz",
  "https://mc.shop.kaspi.kz./",
  "http://kaspi.kz/shop",
])("the training mode knows the real Kaspi as %s", (url) => {
  const parsing = () => parseEnv({ ...enough, KASPI: "twin", KASPI_STOREFRONT_URL: url });
  expect(parsing).toThrow("KASPI_STOREFRONT_URL: is the real Kaspi");
});

test("a wrong configuration is refused by name, and its values are not repeated", () => {
  const secret = "c2hvcnQgc2VjcmV0";
  const parsing = () => parseEnv({ ...enough, ENCRYPTION_KEY: secret, KASPI: "maybe" });
  expect(parsing).toThrow(/ENCRYPTION_KEY[\s\S]*KASPI|KASPI[\s\S]*ENCRYPTION_KEY/);
  expect(parsing).not.toThrow(secret);
});

test("settings of mail by their former names are refused, with the new one", () => {
  const former = { ...enough, SMTP_HOST: "smtp.example.kz" };
  expect(() => parseEnv(former)).toThrow("SMTP_* is called EMAIL_* now");
  const both = { ...former, EMAIL_HOST: "smtp.example.kz", EMAIL_FROM: "office@example.kz" };
  expect(parseEnv(both).EMAIL_HOST).toBe("smtp.example.kz");
});

test("the logger's settings need none of the others", () => {
  expect(logSettings().LOG_LEVEL).toBe("silent");
});
