/** An application as its users start it, in a data folder and on ports of its own. */
export type Office = {
  url: string;
  /** The control API of its training Kaspi. */
  twinUrl: string;
  /** Where people have Telegram in their hands. */
  phonesUrl: string;
  dataDir: string;
  /** The file of the secrets used so far: read at the end, against everything that was logged. */
  secrets: string;
  /** Articles to work with. */
  goods: readonly string[];
};

/** Those of this run, one for each worker of Playwright: a training Kaspi has one clock. */
export const offices = (): readonly Office[] => JSON.parse(process.env.E2E_OFFICES ?? "[]");

/** The one this worker's tests work in. */
export function office(): Office {
  const own = offices()[Number(process.env.TEST_PARALLEL_INDEX)];
  if (own === undefined) throw new Error("no office was started for this worker");
  return own;
}
