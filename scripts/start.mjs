import "./node-version.mjs";
import { detach } from "./launcher/detach.mjs";
import { down } from "./launcher/down.mjs";
import { instanceFrom, loadDotEnv } from "./launcher/instance.mjs";
import { ps } from "./launcher/ps.mjs";
import { showLogs } from "./launcher/show-logs.mjs";
import { up } from "./launcher/up.mjs";

/** @type {Record<string, (instance: import("./launcher/instance.mjs").Instance) => Promise<number>>} */
const commands = {
  up: (instance) => (process.env.DETACH ? detach(instance) : up(instance, "up")),
  dev: (instance) => up(instance, "dev"),
  down,
  logs: showLogs,
  ps,
};

const name = process.argv[2] ?? "up";
const command = commands[name];
try {
  if (!command) throw new Error(`Нет команды «${name}»: ${Object.keys(commands).join(", ")}.`);
  loadDotEnv();
  process.exitCode = await command(instanceFrom(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
// A signal handler keeps nothing alive, but a half-read pipe of a child may.
process.exit();
