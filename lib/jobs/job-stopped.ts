/** Why a job's signal was aborted. */
export class JobStopped extends Error {
  override name = "JobStopped";
}
