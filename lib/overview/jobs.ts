import { kaspiAccess } from "@/lib/exits/access";
import { defineJob } from "@/lib/jobs/define-job";
import { forgetPlaceSnapshots, takePlaceSnapshots } from "./share-queries";

/** Every hour: how many products stand first. A missed hour is a gap; days are made of the hours there are. */
export const snapshotPlaces = defineJob(
  null,
  { id: "snapshot-places", retries: 2, cron: { expr: "0 * * * *", tz: "UTC" } },
  ({ step }) =>
    step.run("snapshot", async () => {
      const { db, clock } = kaspiAccess();
      const now = clock();
      const stores = await takePlaceSnapshots(db, now);
      await forgetPlaceSnapshots(db, now);
      return stores;
    }),
);
