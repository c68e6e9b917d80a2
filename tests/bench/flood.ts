import { Pool } from "undici";
import { cpuOf, memoryOf } from "./processes";

export type Flood = {
  perSecond: number;
  p50: number;
  p99: number;
  webMs: number;
  postgresMs: number;
  /** Of the web, MB: at the end, and how much more than at the middle. */
  memory: number;
  grown: number;
};

type Asked = {
  connections: number;
  ms: number;
  key: string;
  pathOf: () => string;
  pids: { web: number; postgres: number };
};

/** As many requests as are answered on so many connections in a time; CPU is per request. */
export async function flood(url: string, asked: Asked): Promise<Flood> {
  const { connections, ms, key, pathOf, pids } = asked;
  const pool = new Pool(url, { connections });
  const headers = { authorization: `Bearer ${key}` };
  const times: number[] = [];
  let end = 0;
  const one = async () => {
    while (performance.now() < end) {
      const began = performance.now();
      const { statusCode, body } = await pool.request({ path: pathOf(), method: "GET", headers });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${pathOf()}: ${statusCode}`);
      times.push(performance.now() - began);
    }
  };
  const all = async (lasting: number) => {
    end = performance.now() + lasting;
    await Promise.all(Array.from({ length: connections }, one));
  };
  await all(ms / 4);
  times.length = 0;
  const cpu = () => ({ web: cpuOf(pids.web), postgres: cpuOf(pids.postgres) });
  const before = { ...cpu(), at: performance.now() };
  await all(ms / 2);
  const middle = memoryOf(pids.web);
  await all(ms / 2);
  const wall = performance.now() - before.at;
  const after = cpu();
  const memory = memoryOf(pids.web);
  await pool.close();
  times.sort((one, other) => one - other);
  const count = times.length;
  return {
    perSecond: (count / wall) * 1000,
    p50: times[Math.floor(count * 0.5)] ?? 0,
    p99: times[Math.floor(count * 0.99)] ?? 0,
    webMs: (after.web - before.web) / count,
    postgresMs: (after.postgres - before.postgres) / count,
    memory,
    grown: memory - middle,
  };
}
