import { sleep } from "@/lib/core/time";
import { browserLogin } from "@/lib/kaspi/browser-login";
import type { Credentials, LoginFlow } from "@/lib/kaspi/log-in";
import { ensureBrowser } from "@/scripts/ensure-browser.mjs";
import type { Bench } from "./figure";
import { memoryOf } from "./processes";
import { startTwinProcess } from "./twin";

/** Logins of the training Kaspi that end in waiting for a code. */
const asking: Credentials[] = [
  { phone: "77010000001" },
  { phone: "77010000002" },
  { phone: "77010000003" },
  { email: "code@duken.kz", password: "code-kaspi" },
];

const LOOK_MS = 100;

/** What a login through a browser takes while a step of it is on, and while it waits for its code. */
export const bench: Bench = async () => {
  const twin = await startTwinProcess();
  const executablePath = await ensureBrowser();
  const flow = browserLogin({ hosts: twin.urls, executablePath });
  await begin(flow, { email: "demo@duken.kz", password: "demo-kaspi" });
  const idle = ours(twin.pid);
  const one = await most(twin.pid, () =>
    begin(flow, { email: "small@duken.kz", password: "small-kaspi" }),
  );
  let states: string[] = [];
  const four = await most(twin.pid, async () => {
    states = await Promise.all(asking.map((credentials) => begin(flow, credentials)));
  });
  const waiting = ours(twin.pid);
  return [
    { what: "memory of a step of a browser login, at most", value: one - idle, unit: "MB" },
    {
      what: "memory of four begun at once, two browsers at a time, at most",
      value: four - idle,
      unit: "MB",
      target: { most: 2.2 * (one - idle) },
      baseline: { what: "MB of one", value: one - idle },
    },
    {
      what: "memory of a browser login that waits for its code, over idle",
      value: Math.max(0, waiting - idle) / asking.length,
      unit: "MB",
      target: { most: 5 },
      note: `kept in Postgres: ${Math.max(...states.map((state) => state.length))} characters`,
    },
  ];
};

/** Our process with what it has started, without the training Kaspi. */
const ours = (twinPid: number) => memoryOf(process.pid) - memoryOf(twinPid);

/** The state that waits, empty for a login that is let in. */
async function begin(flow: LoginFlow, credentials: Credentials): Promise<string> {
  const outcome = await flow.logIn(credentials, { acquireSlot: async () => {} });
  if (outcome.kind === "refused") throw new Error(`refused: ${outcome.why}`);
  return outcome.kind === "connected" ? "" : outcome.pending.state;
}

async function most(twinPid: number, work: () => Promise<unknown>): Promise<number> {
  const over = new AbortController();
  let highest = 0;
  const watching = (async () => {
    while (!over.signal.aborted) {
      highest = Math.max(highest, ours(twinPid));
      await sleep(LOOK_MS, over.signal).catch(() => {});
    }
  })();
  await work();
  over.abort();
  await watching;
  return highest;
}
