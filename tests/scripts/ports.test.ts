import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { instanceFrom } from "../../scripts/launcher/instance.mjs";
import { choosePort } from "../../scripts/launcher/web.mjs";
import { freePort, isFree } from "../../scripts/process/ports.mjs";

async function busyPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

test("a port that somebody listens on is not free, and the next one is chosen", async () => {
  const busy = await busyPort();
  expect(await isFree(busy)).toBe(false);
  expect(await freePort(busy)).toBeGreaterThan(busy);
});

test("from 0 the system chooses", async () => {
  expect(await freePort(0)).toBeGreaterThan(0);
});

test("an explicit port that is busy is an error that names another", async () => {
  const busy = await busyPort();
  const instance = instanceFrom({ PORT: String(busy) });
  await expect(choosePort(instance)).rejects.toThrow(`PORT=${busy + 1}`);
});
