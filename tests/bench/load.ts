import { gzipSync } from "node:zlib";
import { Pool } from "undici";
import { cpuOf } from "./processes";
import type { Web } from "./web";

const VIEWS = 200;
const AT_ONCE = 4;

export type Load = { cpu: number; p50: number; p99: number; perSecond: number; bytes: number };

/** Views of a page, a few at a time. CPU is that of the web and of Postgres, milliseconds per view. */
export async function view(web: Web, postgres: number, page: string): Promise<Load> {
  const pool = new Pool(web.url, { connections: AT_ONCE });
  const get = async () => {
    const began = performance.now();
    const answer = await pool.request({
      path: page,
      method: "GET",
      headers: { cookie: web.cookie },
    });
    const body = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${page}: ${answer.statusCode}`);
    return { ms: performance.now() - began, bytes: body.length };
  };
  const times = async (views: number) => {
    const left = Array.from({ length: views }, (_, nth) => nth);
    const seen: { ms: number; bytes: number }[] = [];
    const viewer = async () => {
      while (left.pop() !== undefined) seen.push(await get());
    };
    await Promise.all(Array.from({ length: AT_ONCE }, viewer));
    return seen;
  };
  await times(VIEWS / 2);
  const cpu = () => cpuOf(web.pid) + cpuOf(postgres);
  const before = { cpu: cpu(), at: performance.now() };
  const seen = (await times(VIEWS)).toSorted((a, b) => a.ms - b.ms);
  const used = cpu() - before.cpu;
  const wall = performance.now() - before.at;
  await pool.close();
  return {
    cpu: used / VIEWS,
    p50: seen[Math.floor(VIEWS * 0.5)]?.ms ?? 0,
    p99: seen[Math.floor(VIEWS * 0.99)]?.ms ?? 0,
    perSecond: (VIEWS / wall) * 1000,
    bytes: seen[0]?.bytes ?? 0,
  };
}

/** The scripts a browser of today asks for with a page, in kilobytes as they are and packed. */
export async function scriptsOf(
  web: Web,
  page: string,
): Promise<{ plain: number; packed: number }> {
  const html = await (await fetch(web.url + page, { headers: { cookie: web.cookie } })).text();
  const tags = [...html.matchAll(/<script[^>]+src="([^"]+)"[^>]*>/g)];
  // Next's old-browser script has `noModule`: whoever knows modules does not fetch it.
  const sources = new Set(tags.filter(([tag]) => !/ nomodule/i.test(tag)).map((tag) => tag[1]));
  const sizes = { plain: 0, packed: 0 };
  for (const source of sources) {
    const script = Buffer.from(await (await fetch(web.url + source)).arrayBuffer());
    sizes.plain += script.length / 1024;
    sizes.packed += gzipSync(script).length / 1024;
  }
  return sizes;
}
