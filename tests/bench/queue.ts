import type { Bench } from "./figure";
import { view } from "./load";
import { openOffice } from "./office";
import { fillQueue } from "./queue-filling";
import { watchedStore } from "./watched";
import { startWeb } from "./web";

const QUEUED = 100_000;

/** The list of products in a web that also does the jobs, without and with a heap of waiting runs. */
export const bench: Bench = async () => {
  const office = await openOffice();
  await watchedStore(office, "demo", 100);
  const web = await startWeb(office, "in-app");
  const list = () => view(web, office.pids.postgres, "/products");
  const before = await list();
  await fillQueue(office.database.sql, QUEUED);
  const after = await list();
  web.stop();
  const what = `products page with ${QUEUED.toLocaleString("en")} runs waiting`;
  return [
    {
      what: `${what}, CPU per view`,
      value: after.cpu,
      unit: "ms",
      target: { most: before.cpu * 1.2 },
      baseline: { what: "without them", value: before.cpu },
    },
    {
      what: `${what}, p50`,
      value: after.p50,
      unit: "ms",
      target: { most: before.p50 * 1.2 },
      baseline: { what: "without them", value: before.p50 },
      note: `p99 ${after.p99.toFixed(0)} ms (without ${before.p99.toFixed(0)} ms)`,
    },
  ];
};
