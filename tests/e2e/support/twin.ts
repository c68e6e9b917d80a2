import type { Controls } from "@/lib/kaspi-twin/controls";

type Twin = {
  [Name in keyof Controls]: (
    ...given: Parameters<Controls[Name]>
  ) => Promise<ReturnType<Controls[Name]>>;
};

/** The running training Kaspi's control API, as methods. */
export const twin = new Proxy({} as Twin, {
  get: (_, name) => async (given: unknown) => {
    const response = await fetch(`${process.env.E2E_TWIN_URL}/${String(name)}`, {
      method: "POST",
      body: given === undefined ? "" : JSON.stringify(given),
    });
    if (!response.ok) throw new Error(`twin ${String(name)}: ${await response.text()}`);
    return response.json();
  },
});
