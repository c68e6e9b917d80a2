import { NoticesBar } from "@/components/notices/notices-bar";
import { StoppedBanner, TwinBanner } from "@/components/shell/banners";
import { ResumeSending } from "@/components/shell/resume-sending";
import type { Caller } from "@/lib/auth/model";
import { can } from "@/lib/auth/permissions";
import { kaspiAccess } from "@/lib/exits/access";
import { scheduledJobs } from "@/lib/jobs/runs-schedule";
import { listOpenNotices } from "@/lib/notices/queries";
import { stoppedStores } from "@/lib/stores/stop-queries";
import { sendingStop } from "@/lib/workspace/queries";
import { dismiss, stopAllSending } from "./actions";
import { LateBanner } from "./late-banner";
import { stopStoreSending } from "./stores/actions";

type Props = {
  caller: Caller;
  stores: readonly { id: string; name: string }[];
  isTwin: boolean;
};

/** What stands above every page: what is stopped, what wants a person, which Kaspi this is. */
export async function OfficeBanners({ caller, stores, isTwin }: Props) {
  const { db, clock } = kaspiAccess();
  const [stop, stopped, notices, scheduled] = await Promise.all([
    sendingStop(db),
    stoppedStores(db, caller),
    listOpenNotices(db, caller),
    scheduledJobs(db, clock()),
  ]);
  return (
    <>
      {stop && (
        <StoppedBanner
          stop={stop}
          action={
            can(caller, "change_settings") && (
              <ResumeSending resume={stopAllSending.bind(null, { stopped: false })} />
            )
          }
        />
      )}
      {(stop ? [] : stopped).map(({ id, name, mayResume, ...since }) => (
        <StoppedBanner
          key={id}
          stop={since}
          store={name}
          action={
            mayResume && (
              <ResumeSending
                store={name}
                resume={stopStoreSending.bind(null, { storeId: id, stopped: false })}
              />
            )
          }
        />
      ))}
      <LateBanner jobs={scheduled} />
      <NoticesBar notices={notices} stores={stores} dismiss={dismiss} />
      {isTwin && <TwinBanner />}
    </>
  );
}
