import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { demoOwner } from "@/lib/auth/demo";
import { createOwner } from "@/lib/auth/users";
import { createVault } from "@/lib/auth/vault";
import { checkDeploy, deployFindings } from "@/lib/cli/deploy/check-deploy";
import { nearness } from "@/lib/cli/deploy/hosts";
import { secretFindings } from "@/lib/cli/deploy/secret-findings";
import { nodeFinding, settingsFindings } from "@/lib/cli/deploy/settings-findings";
import { exits } from "@/lib/db/schema/exits";
import { jobDefinitions } from "@/lib/db/schema/jobs";
import { users, workspace } from "@/lib/db/schema/workspace";
import { type Env, parseEnv } from "@/lib/env";
import { bindToKaspi } from "@/lib/workspace/queries";
import { testDatabase } from "../support/database";
import { temporaryFolder } from "../support/folder";

const { db, url, empty } = await testDatabase();
const now = new Date("2026-03-02T09:00:00Z");
const key = () => randomBytes(32).toString("base64");

/** An installation nothing can be said against. */
const sound = {
  NODE_ENV: "production",
  KASPI: "live",
  DATABASE_URL: url,
  DATA_DIR: "/nowhere",
  ENCRYPTION_KEY: key(),
  NEXTAUTH_SECRET: key(),
  NEXTAUTH_URL: "https://office.kz",
};
const twinUrls = Object.fromEntries(
  ["CABINET", "ID", "STOREFRONT", "IMAGES"].map((name) => [
    `KASPI_${name}_URL`,
    "http://127.0.0.1:7",
  ]),
);
const settings = (given: Record<string, string>): Env => parseEnv({ ...sound, ...given });
const ids = (found: { id: string }[]) => found.map(({ id }) => id);

describe("of the settings", () => {
  test("nothing is said where nothing is wrong", () => {
    expect(settingsFindings(settings({}))).toEqual([]);
    expect(settingsFindings(settings({ NEXTAUTH_URL: "http://localhost:3000" }))).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ["http", { NEXTAUTH_URL: "http://office.kz" }],
    ["http", { NEXTAUTH_URL: "http://192.168.1.5:3000" }],
    ["training", { KASPI: "twin", ...twinUrls }],
    ["kaspi-address", { KASPI: "twin", ...twinUrls, KASPI_ID_URL: "http://10.0.0.5:7" }],
    ["kaspi-address", { KASPI_CABINET_URL: "https://mc.shop.kaspi.kz.evil.example" }],
    ["kaspi-address", { KASPI_CABINET_URL: "http://mc.shop.kaspi.kz" }],
    ["mail", { EMAIL_HOST: "smtp.example.kz", EMAIL_FROM: "a@b.kz", EMAIL_TLS: "off" }],
    ["bot-key", { TELEGRAM_BOT_TOKEN: `1:${"a".repeat(30)}` }],
    [
      "telegram-address",
      {
        TELEGRAM_BOT_TOKEN: `1:${"a".repeat(30)}`,
        BOT_API_KEY: `duken_${"a".repeat(38)}`,
        TELEGRAM_API_URL: "http://bots.example.kz",
      },
    ],
    ["debug-log", { LOG_LEVEL: "debug" }],
    ["node-env", { NODE_ENV: "development" }],
    ["jobs-off", { JOBS: "off" }],
    ["inngest-keys", { INNGEST_EVENT_KEY: "key" }],
    ["inngest-keys", { INNGEST_BASE_URL: "http://inngest:8288" }],
  ])("%s is found in %j", (id, given) => {
    expect(ids(settingsFindings(settings(given)))).toContain(id);
  });

  test("mail to this very machine needs no encryption", () => {
    const here = { EMAIL_HOST: "127.0.0.1", EMAIL_FROM: "a@b.kz", EMAIL_TLS: "off" };
    expect(settingsFindings(settings(here))).toEqual([]);
  });

  test.each([
    ["v20.20.0", undefined],
    ["22.11.0", undefined],
    ["21.7.0", "warning"],
    ["20.19.4", "error"],
    ["18.20.0", "error"],
  ])("Node %s is %s", (version, level) => {
    expect(nodeFinding(version)?.level).toBe(level);
  });
});

describe("of the keys", () => {
  test("random ones are good", () => {
    for (let nth = 0; nth < 200; nth += 1)
      expect(secretFindings(settings({ ENCRYPTION_KEY: key(), NEXTAUTH_SECRET: key() }))).toEqual(
        [],
      );
  });

  const bytes = (text: string) => Buffer.alloc(32, text).toString("base64");
  test.each<[string, Record<string, string>]>([
    ["nextauth-secret", { NEXTAUTH_SECRET: "x".repeat(40) }],
    ["nextauth-secret", { NEXTAUTH_SECRET: "please change me before you go live 123" }],
    ["nextauth-secret", { NEXTAUTH_SECRET: sound.ENCRYPTION_KEY }],
    ["encryption-key", { ENCRYPTION_KEY: bytes("\u0001") }],
    ["encryption-key", { ENCRYPTION_KEY: bytes("0123456789abcdefghijklmnopqrstuv") }],
    ["old-keys", { ENCRYPTION_KEYS_OLD: bytes("old") }],
  ])("%s is found in %j", (id, given) => {
    expect(ids(secretFindings(settings(given)))).toContain(id);
  });

  test("those of the training office, and files that others may read, are found", () => {
    const dataDir = temporaryFolder();
    mkdirSync(path.join(dataDir, "keys"), { recursive: true });
    const file = path.join(dataDir, "keys", "encryption-key");
    writeFileSync(file, `${sound.ENCRYPTION_KEY}\n`, { mode: 0o600 });
    const made = settings({ DATA_DIR: dataDir });
    expect(ids(secretFindings(made))).toEqual(["demo-keys"]);
    expect(secretFindings(settings({ DATA_DIR: dataDir, ENCRYPTION_KEY: key() }))).toEqual([]);
    chmodSync(file, 0o640);
    expect(ids(secretFindings(made))).toEqual(["demo-keys", "key-files"]);
  });
});

test.each([
  ["localhost", "here"],
  ["127.0.0.1", "here"],
  ["[::1]", "here"],
  ["postgres", "near"],
  ["10.1.2.3", "near"],
  ["172.20.0.2", "near"],
  ["[fd00::1]", "near"],
  ["172.32.0.2", "far"],
  ["db.example.kz", "far"],
  ["[2001:db8::1]", "far"],
])("%s is %s", (host, near) => {
  expect(nearness(host)).toBe(near);
});

describe("of the database", () => {
  const owner = { email: "owner@office.kz", name: "x", password: "a long password" };

  beforeEach(async () => {
    await empty();
    await bindToKaspi(db, "live");
    const id = await createOwner(db, owner, now);
    await db.update(users).set({ totpSecret: null, totpSince: now }).where(eq(users.id, id));
    await db.insert(jobDefinitions).values({ id: "a-job", registeredAt: now });
  });
  afterEach(() => void vi.restoreAllMocks());
  const found = async (given: Record<string, string> = {}) =>
    ids(await deployFindings(settings(given), now));

  test("only the role of the tests is minded where nothing is wrong", async () => {
    expect(await found()).toEqual(["database-superuser"]);
  });

  test("an owner without a second step, and no owner at all", async () => {
    await db.update(users).set({ totpSince: null });
    expect(await found()).toContain("two-factor");
    await db.update(users).set({ isActive: false });
    expect(await found()).toContain("no-owner");
    expect(await found()).not.toContain("two-factor");
  });

  test("a training database, and the owner everybody knows", async () => {
    await db.update(workspace).set({ kaspi: "twin" });
    await createOwner(db, demoOwner, now);
    expect(await found()).toEqual(expect.arrayContaining(["demo-database", "demo-owner"]));
  });

  test("secrets that no key opens", async () => {
    const proxyUrl = createVault(key()).seal("http://proxy");
    await db.insert(exits).values({ name: "x", proxyUrl });
    expect(await found()).toContain("lost-keys");
  });

  test("jobs that never ran, or have stopped", async () => {
    const past = new Date(now.getTime() - 3_600_000);
    const ticking = { id: "tick", cron: "* * * * *", timeZone: "Asia/Almaty", registeredAt: past };
    await db.insert(jobDefinitions).values(ticking);
    expect(await found()).toContain("worker");
    await db.delete(jobDefinitions);
    expect(await found()).toContain("worker");
    expect(await found({ JOBS: "off" })).not.toContain("worker");
  });

  test("one that does not answer is one finding, and the rest is still told", async () => {
    vi.spyOn(db, "execute").mockRejectedValue(new Error("connection refused"));
    expect(await found({ LOG_LEVEL: "debug" })).toEqual(["database", "debug-log"]);
  });
});

describe("the command", () => {
  test("says what, why and what to do in a line each, errors first, and ends with 1", async () => {
    const lines: string[] = [];
    vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
    const wrong = settings({ NEXTAUTH_URL: "http://office.kz", LOG_LEVEL: "debug" });
    expect(await checkDeploy(wrong, now, false)).toBe(1);
    expect(lines.find((line) => line.includes("по http"))).toMatch(/^ОПАСНО .*Что сделать: /);
    expect(lines.at(-1)).toMatch(/^ВНИМАНИЕ /);
    lines.length = 0;
    await checkDeploy(wrong, now, true);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      isSafe: false,
      findings: expect.arrayContaining([expect.objectContaining({ id: "http", level: "error" })]),
    });
    vi.restoreAllMocks();
  });
});
