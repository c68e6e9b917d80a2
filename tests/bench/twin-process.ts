import { startTwin } from "@/lib/kaspi-twin/twin";

/** The training Kaspi in a process of its own, so that its work is not counted as ours. */
const unlimited = { writesPerSecond: 1e6, offersPerSecond: 1e6, loginsPerMinute: 1e6 };
const twin = await startTwin({ limits: unlimited });
process.once("disconnect", () => void twin.stop().then(() => process.exit(0)));
process.send?.(twin.urls);
