import { randomUUID } from "node:crypto";
import { env } from "@/lib/env";
import { COMMAND_LINE, comingFrom } from "@/lib/log/origin";
import { type Command, UsageError } from "./command";
import { prepareDatabase } from "./prepare-database";

/** Loaded one by one, so that a command starts without the others' libraries. */
const commands: Record<string, () => Promise<Command>> = {
  migrate: () => import("./migrate").then((module) => module.migrateCommand),
  createsuperuser: () => import("./createsuperuser").then((module) => module.createSuperuser),
  changepassword: () => import("./changepassword").then((module) => module.changePassword),
  "create-api-key": () => import("./create-api-key").then((module) => module.createApiKeyCommand),
  "bot-key": () => import("./bot-key").then((module) => module.botKey),
  create_managers_group: () =>
    import("./create-managers-group").then((module) => module.createManagersGroup),
  "drop-two-factor": () => import("./drop-two-factor").then((module) => module.dropTwoFactor),
  check: () => import("./check").then((module) => module.check),
  "check-kaspi": () => import("./check-kaspi").then((module) => module.checkKaspi),
  "setup-link": () => import("./setup-link").then((module) => module.setupLink),
  "seed-demo": () => import("./seed-demo").then((module) => module.seedDemo),
  twin: () => import("./twin").then((module) => module.twin),
  worker: () => import("./worker").then((module) => module.worker),
  bot: () => import("./bot").then((module) => module.bot),
  demper: () => import("./demper").then((module) => module.demper),
  "stop-sending": () => import("./sending").then((module) => module.stopSending),
  "resume-sending": () => import("./sending").then((module) => module.resumeSending),
  send_mailing: () => import("./send-mailing").then((module) => module.sendMailing),
  verify: () => import("./verify").then((module) => module.verify),
  prepare: () => import("./prepare").then((module) => module.prepare),
  "rotate-keys": () => import("./rotate-keys").then((module) => module.rotateKeysCommand),
};

async function help(): Promise<number> {
  console.log("npm run -s manage -- <команда> [ключи]\n");
  for (const [name, load] of Object.entries(commands)) {
    const { summary, usage } = await load();
    console.log(`  ${name} ${usage}`.trimEnd());
    console.log(`      ${summary}`);
  }
  return 0;
}

/** Finds the command and runs it; answers the exit code. Throws UsageError for a wrong call. */
export async function dispatch([name, ...args]: string[]): Promise<number> {
  if (name === undefined) return help().then(() => 2);
  if (["help", "--help", "-h"].includes(name)) return help();
  const load = commands[name];
  if (!load) throw new UsageError(`Нет команды «${name}». Список: npm run -s manage -- --help`);
  const command = await load();
  if (args.includes("--help") || args.includes("-h")) {
    console.log(`${name} ${command.usage}`.trimEnd());
    console.log(command.summary);
    return 0;
  }
  if (!command.standsAlone) await prepareDatabase(env());
  if (command.staysUp) return command.run(args);
  return comingFrom({ requestId: randomUUID(), from: COMMAND_LINE }, () => command.run(args));
}
