import { spawn } from "node:child_process";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { encode } from "next-auth/jwt";
import { ENCRYPTION_KEY, type Office } from "./office";

const NEXTAUTH_SECRET = Buffer.alloc(32, "bench secret").toString("base64");

export type Web = { url: string; pid: number; cookie: string; stop(): void };

/** The built application over this office, as `next start` serves it, and a signed-in cookie. */
export async function startWeb(office: Office, jobs: "in-app" | "off"): Promise<Web> {
  const app = process.env.BENCH_APP_DIR;
  if (!app) throw new Error("run me with npm run bench");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { cabinet, id, storefront, images } = office.twin.urls;
  const next = path.join(app, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "start", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: app,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NEXT_MANUAL_SIG_HANDLE: "true",
      DATABASE_URL: office.database.url,
      DATA_DIR: path.join(app, ".data"),
      KASPI: "twin",
      KASPI_CABINET_URL: cabinet,
      KASPI_ID_URL: id,
      KASPI_STOREFRONT_URL: storefront,
      KASPI_IMAGES_URL: images,
      ENCRYPTION_KEY,
      NEXTAUTH_SECRET,
      NEXTAUTH_URL: url,
      JOBS: jobs,
      LOG_LEVEL: "error",
    },
  });
  const stop = () => child.kill("SIGKILL");
  process.once("exit", stop);
  await untilAnswers(`${url}/health/`);
  const token = { sub: office.owner.id, version: 1 };
  const session = await encode({ token, secret: NEXTAUTH_SECRET });
  return { url, pid: child.pid ?? 0, cookie: `next-auth.session-token=${session}`, stop };
}

async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error(`${url} does not answer`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
