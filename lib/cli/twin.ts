import { once } from "node:events";
import { DEMO } from "@/lib/kaspi-twin/merchants";
import { startTwin, type Twin } from "@/lib/kaspi-twin/twin";
import { defineCommand, UsageError } from "./command";

export const twin = defineCommand({
  summary: "Учебный Kaspi на этом компьютере. Работает, пока его не остановят.",
  usage: "[--port <первый из четырёх портов>] [--seed <слово>] [--state <файл>]",
  options: {
    port: { type: "string", default: "0" },
    seed: { type: "string" },
    state: { type: "string" },
  },
  standsAlone: true,
  staysUp: true,
  async run({ port, seed, state }) {
    const running = await startTwin({
      ports: portsFrom(Number(port)),
      ...(seed === undefined ? {} : { seed }),
      ...(state === undefined ? {} : { stateFile: state }),
    });
    giveBuyers(running);
    const asked = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    console.log(JSON.stringify({ urls: running.urls }));
    await asked;
    await running.stop();
    return 0;
  },
});

/** The demo shop has been selling for a while; a book that was kept is left as it is. */
function giveBuyers(running: Twin): void {
  if (running.orders({ merchantUid: DEMO }).length > 0) return;
  running.seedOrders({ merchantUid: DEMO, days: 90, perDay: 12 });
}

/** Runs the training Kaspi until SIGINT or SIGTERM; its addresses are the only line it prints. */
export const runTwin = twin.run;

function portsFrom(first: number): [number, number, number, number] {
  if (!Number.isInteger(first) || first < 0 || first > 65_532) {
    throw new UsageError("--port: число от 0 до 65532");
  }
  return first === 0 ? [0, 0, 0, 0] : [first, first + 1, first + 2, first + 3];
}
