import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { runningDatabase } from "../../scripts/launcher/database.mjs";
import { instanceFrom } from "../../scripts/launcher/instance.mjs";
import { readServices, servedUrl } from "../../scripts/launcher/services.mjs";
import { isAlive } from "../../scripts/process/identity.mjs";
import { holderOf } from "../../scripts/process/lock.mjs";
import { run } from "../../scripts/process/run.mjs";
import { hermeticEnvironment } from "../../scripts/testing/environment.mjs";
import { temporaryFolder } from "../support/folder";

type Given = Record<string, string>;

/** An installation of its own that is taken down when the test is over. */
function installation(given: Given = {}) {
  const env = { ...hermeticEnvironment(), DATA_DIR: temporaryFolder(), PORT: "0", ...given };
  const instance = instanceFrom(env);
  const start = (command: string, more: Given = {}) =>
    run(process.execPath, ["scripts/start.mjs", command], { env: { ...env, ...more } });
  onTestFinished(async () => void (await start("down")));
  return {
    instance,
    start,
    up: () => start("up", { DETACH: "1" }),
    services: () => readServices(instance),
    launcher: () => holderOf(instance.files.lock),
    foreground(): ChildProcess {
      const stdio = ["ignore", "pipe", "pipe"] as const;
      return spawn(process.execPath, ["scripts/start.mjs", "up"], {
        env,
        stdio: [...stdio],
        detached: true,
      });
    },
  };
}

type Installation = ReturnType<typeof installation>;

async function leftovers({ instance, services, launcher }: Installation) {
  const { web, twin } = services();
  const postgres = await runningDatabase(instance);
  return { launcher: launcher(), web: isAlive(web), twin: isAlive(twin), postgres };
}

const nothing = { launcher: null, web: false, twin: false, postgres: null };

const statusOf = async (url: string | null) => (await fetch(`${url}/health/ready/`)).status;

test("a detached start answers, a second one finds it, down leaves nothing", async () => {
  const office = installation();
  const first = await office.up();
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining("Duken работает") });
  const { url } = office.services();
  expect(await statusOf(url)).toBe(200);
  const second = await office.start("up");
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining(`работает`) });
  expect(second.output).toContain(url);
  expect((await office.start("ps")).output).toContain(url);
  expect((await office.start("down")).output).toBe("Остановлено.");
  expect(await leftovers(office)).toEqual(nothing);
  expect((await office.start("down")).output).toBe("Не запущено.");
});

test("two installations live side by side, and one going down leaves the other", async () => {
  const [almaty, astana] = [installation(), installation()];
  await almaty.up();
  await astana.up();
  expect(almaty.services().url).not.toBe(astana.services().url);
  expect(almaty.services().twin?.urls).not.toEqual(astana.services().twin?.urls);
  await almaty.start("down");
  expect(await leftovers(almaty)).toEqual(nothing);
  expect(await statusOf(astana.services().url)).toBe(200);
});

test("after a launcher was killed the next one ends what it left and starts anew", async () => {
  const office = installation();
  await office.up();
  const before = { ...office.services(), launcher: office.launcher() };
  process.kill(before.launcher?.pid ?? 0, "SIGKILL");
  await expect.poll(() => office.launcher()).toBeNull();
  expect(isAlive(before.web)).toBe(true);
  expect(await office.up()).toMatchObject({ code: 0 });
  expect([isAlive(before.web), isAlive(before.twin)]).toEqual([false, false]);
  expect(await statusOf(office.services().url)).toBe(200);
});

test("down ends what a killed launcher left", async () => {
  const office = installation();
  await office.up();
  process.kill(office.launcher()?.pid ?? 0, "SIGKILL");
  await expect.poll(() => office.launcher()).toBeNull();
  expect((await office.start("down")).output).toBe("Остановлено.");
  expect(await leftovers(office)).toEqual(nothing);
});

test("an explicit port that is taken is refused, and nothing is left running", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const office = installation({ PORT: String(port) });
  const { code, output } = await office.start("up");
  expect(code).toBe(1);
  expect(output).toContain(`Порт ${port} занят`);
  expect(await leftovers(office)).toEqual(nothing);
});

test("a Ctrl-C in the terminal stops everything in order, and twice is the same as once", async () => {
  const office = installation();
  const launcher = office.foreground();
  await expect.poll(() => servedUrl(office.instance), { timeout: 120_000 }).not.toBeNull();
  process.kill(-(launcher.pid ?? 0), "SIGINT");
  process.kill(-(launcher.pid ?? 0), "SIGINT");
  const [code] = await once(launcher, "exit");
  expect(code).toBe(0);
  expect(await leftovers(office)).toEqual(nothing);
});

test("a Ctrl-C in the middle of a start leaves nothing either", async () => {
  const office = installation();
  const launcher = office.foreground();
  await expect.poll(() => office.services().twin, { timeout: 120_000 }).not.toBeNull();
  process.kill(-(launcher.pid ?? 0), "SIGINT");
  await once(launcher, "exit");
  expect(await leftovers(office)).toEqual(nothing);
});

test("when the web dies the launcher says why and stops the rest", async () => {
  const office = installation();
  const launcher = office.foreground();
  let said = "";
  launcher.stderr?.on("data", (text) => {
    said += text;
  });
  await expect.poll(() => servedUrl(office.instance), { timeout: 120_000 }).not.toBeNull();
  process.kill(office.services().web?.pid ?? 0, "SIGKILL");
  const [code] = await once(launcher, "exit");
  expect(code).toBe(1);
  expect(said).toContain("web: процесс закончился (SIGKILL)");
  expect(await leftovers(office)).toEqual(nothing);
});
