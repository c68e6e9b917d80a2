import type { Controls } from "@/lib/kaspi-twin/controls";
import { office } from "./office";

export type Twin = {
  [Name in keyof Controls]: (
    ...given: Parameters<Controls[Name]>
  ) => Promise<ReturnType<Controls[Name]>>;
};

/** A running training Kaspi's control API, as methods. */
export const twinAt = (url: () => string): Twin =>
  new Proxy({} as Twin, {
    get: (_, name) => async (given: unknown) => {
      const response = await fetch(`${url()}/${String(name)}`, {
        method: "POST",
        body: given === undefined ? "" : JSON.stringify(given),
      });
      if (!response.ok) throw new Error(`twin ${String(name)}: ${await response.text()}`);
      return response.json();
    },
  });

/** That of this worker's office. */
export const twin = twinAt(() => office().twinUrl);
