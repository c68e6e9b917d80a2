import { vi } from "vitest";
import { fuzzDoors } from "../support/fuzz";

vi.setConfig({ testTimeout: 600_000 });

const asked = vi.hoisted(() => ({ headers: {} as Record<string, string> }));
// Next tells the headers of a request, and hears what is to be drawn anew, only inside its own server.
vi.mock("next/headers", () => ({
  headers: async () => new Headers(asked.headers),
  cookies: async () => ({ get: () => undefined }),
}));
vi.mock("next-intl/server", () => ({ getLocale: async () => "ru" }));
vi.mock("next/cache", () => ({ revalidatePath: () => {} }));
vi.mock("@/lib/auth/action", async (original) =>
  (await import("../support/doors")).keepSchema(await original()),
);

// As many as an hour of patience takes.
await fuzzDoors(asked, { parse: 2_000, call: 150 });
