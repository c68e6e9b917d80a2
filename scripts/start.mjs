import "./node-version.mjs";
import { detach } from "./launcher/detach.mjs";
import { down } from "./launcher/down.mjs";
import { instanceFrom, loadDotEnv } from "./launcher/instance.mjs";
import { ps } from "./launcher/ps.mjs";
import { showLogs } from "./launcher/show-logs.mjs";
import { up } from "./launcher/up.mjs";
import { whenRun } from "./process/when-run.mjs";

/** @type {Record<string, (instance: import("./launcher/instance.mjs").Instance) => Promise<number>>} */
const commands = {
  up: (instance) => (process.env.DETACH ? detach(instance) : up(instance, "up")),
  dev: (instance) => up(instance, "dev"),
  down,
  logs: showLogs,
  ps,
};

await whenRun(import.meta, () => {
  const name = process.argv[2] ?? "up";
  const command = commands[name];
  if (!command) throw new Error(`Нет команды «${name}»: ${Object.keys(commands).join(", ")}.`);
  loadDotEnv();
  return command(instanceFrom(process.env));
});
// A signal handler keeps nothing alive, but a half-read pipe of a child may.
process.exit();
