/** Whether a page can be read now: the server is there, and its database too. */
export async function databaseAnswers(): Promise<boolean> {
  const answer = await fetch("/health/db/", { cache: "no-store" }).catch(() => null);
  return answer?.ok ?? false;
}
