import { z } from "zod";
import { env } from "@/lib/env";
import { functions } from "@/lib/functions";
import { startJobs } from "@/lib/jobs/start";
import { tellOfRefusal } from "@/lib/sync/tell-of-sync";
import { defineCommand, UsageError } from "./command";
import { startWorkerServer } from "./worker-server";

const port = z.coerce.number().int().min(0).max(65_535);

export const worker = defineCommand({
  summary: "Выполняет задания в отдельном процессе, пока его не остановят; таких может быть много.",
  usage: "[--port ПОРТ] [--host АДРЕС]",
  options: { port: { type: "string" }, host: { type: "string", default: "127.0.0.1" } },
  staysUp: true,
  async run({ port: asked, host }) {
    if (env().JOBS === "off") throw new UsageError("JOBS=off: задания выключены.");
    const chosen = asked === undefined ? null : port.safeParse(asked);
    if (chosen && !chosen.success) throw new UsageError("--port: число от 0 до 65535.");
    const started = startJobs(functions, { role: "worker", onRefused: tellOfRefusal });
    if (chosen) console.log(`Состояние: ${await startWorkerServer(host, chosen.data, started)}`);
    const engine = await started;
    console.log(`Задания выполняются (${engine?.kind}, всего ${functions.length}).`);
    // SIGTERM and SIGINT end the process once the running jobs have come to an end.
    return new Promise<never>(() => {});
  },
});
