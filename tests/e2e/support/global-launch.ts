import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { FullConfig } from "@playwright/test";
import { instanceFrom } from "../../../scripts/launcher/instance.mjs";
import { readServices, servedUrl } from "../../../scripts/launcher/services.mjs";
import { hermeticEnvironment } from "../../../scripts/testing/environment.mjs";
import { startFakeTelegram } from "../../support/telegram/server";
import { freeGoods } from "./free-goods";
import type { Office } from "./office";
import { startPhones } from "./phone-server";
import { twinAt } from "./twin";

/** Starts an office for each worker; the answer stops them and keeps their logs. */
export default async function launch({ workers }: FullConfig): Promise<() => Promise<void>> {
  const telegrams = await Promise.all(Array.from({ length: workers }, ownTelegram));
  const launched = telegrams.map((telegram, worker) => launchOffice(worker, telegram));
  const stop = async () => {
    await Promise.all(launched.map((one) => one.stop()));
    await Promise.all(telegrams.map((one) => one.stop()));
  };
  try {
    const offices = await Promise.all(launched.map(({ office }) => office));
    process.env.E2E_OFFICES = JSON.stringify(offices);
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A Bot API of one office's own, and the people who write to its bot. */
async function ownTelegram() {
  const fake = await startFakeTelegram();
  const phones = await startPhones(fake);
  return {
    phonesUrl: phones.url,
    variables: { TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_URL: fake.url },
    stop: () => Promise.all([fake.stop(), phones.stop()]),
  };
}

type Telegram = Awaited<ReturnType<typeof ownTelegram>>;

function launchOffice(
  worker: number,
  telegram: Telegram,
): { office: Promise<Office>; stop(): Promise<void> } {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "duken-e2e-"));
  // Beside the office's own folder, which is what is searched for them.
  const secrets = `${dataDir}.secrets`;
  writeFileSync(secrets, "", { mode: 0o600 });
  const launcher = spawn(process.execPath, ["scripts/start.mjs", "up"], {
    env: {
      ...hermeticEnvironment(),
      ...{ DATA_DIR: dataDir, PORT: "0", KASPI: "twin" },
      // A receiver of webhooks stands here, too.
      WEBHOOK_PRIVATE_TARGETS: "127.0.0.1",
      ...telegram.variables,
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => launcher.once("exit", resolve));
  return {
    office: untilReady(dataDir, launcher).then(async ({ url, twin }) => {
      const twinUrl = twin?.urls.control ?? "";
      const goods = await freeGoods(twinAt(() => twinUrl));
      const { phonesUrl } = telegram;
      return { url: url ?? "", twinUrl, phonesUrl, dataDir, secrets, goods };
    }),
    stop: async () => {
      launcher.kill("SIGTERM");
      await ended;
      const kept = `test-results/logs/${worker}`;
      cpSync(path.join(dataDir, "logs"), kept, { recursive: true, force: true });
      rmSync(dataDir, { recursive: true, force: true });
      rmSync(secrets, { force: true });
    },
  };
}

async function untilReady(dataDir: string, launcher: ChildProcess) {
  const instance = instanceFrom({ DATA_DIR: dataDir });
  for (;;) {
    if (servedUrl(instance)) return readServices(instance);
    if (launcher.exitCode !== null) throw new Error("the launcher ended before it was ready");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
