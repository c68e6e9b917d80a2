import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { instanceFrom } from "../../../scripts/launcher/instance.mjs";
import { readServices, servedUrl } from "../../../scripts/launcher/services.mjs";
import { hermeticEnvironment } from "../../../scripts/testing/environment.mjs";
import { freeGoods } from "./free-goods";

/**
 * The application as its users start it, in a data folder and on ports of its own. Tests find it by
 * E2E_URL, its training Kaspi's control API by E2E_TWIN_URL, its database by E2E_DATA_DIR, the secrets used so far by E2E_SECRETS and articles to work with by E2E_GOODS.
 */
export default async function launch(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "duken-e2e-"));
  // Beside the office's own folder: it is read at the end, against everything that was logged.
  const secrets = `${dataDir}.secrets`;
  writeFileSync(secrets, "", { mode: 0o600 });
  const launcher = spawn(process.execPath, ["scripts/start.mjs", "up"], {
    env: {
      ...hermeticEnvironment(),
      ...{ DATA_DIR: dataDir, PORT: "0", KASPI: "twin" },
      // A receiver of webhooks stands here, too.
      WEBHOOK_PRIVATE_TARGETS: "127.0.0.1",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => launcher.once("exit", resolve));
  const stop = async () => {
    launcher.kill("SIGTERM");
    await ended;
    cpSync(path.join(dataDir, "logs"), "test-results/logs", { recursive: true, force: true });
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(secrets, { force: true });
  };
  const services = await untilReady(dataDir, launcher).catch(async (error) => {
    await stop();
    throw error;
  });
  process.env.E2E_DATA_DIR = dataDir;
  process.env.E2E_SECRETS = secrets;
  process.env.E2E_URL = services.url ?? "";
  process.env.E2E_TWIN_URL = services.twin?.urls.control ?? "";
  process.env.E2E_GOODS = (await freeGoods()).join(" ");
  return stop;
}

async function untilReady(dataDir: string, launcher: ChildProcess) {
  const instance = instanceFrom({ DATA_DIR: dataDir });
  for (;;) {
    if (servedUrl(instance)) return readServices(instance);
    if (launcher.exitCode !== null) throw new Error("the launcher ended before it was ready");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
