import { randomUUID } from "node:crypto";
import { later, SECOND, sleep } from "@/lib/core/time";
import { database } from "@/lib/db/client";
import { smtpPost } from "@/lib/mail/post";
import { askForIdleRuns, settleLost } from "@/lib/mailings/runs/due";
import { sendRun } from "@/lib/mailings/runs/send-run";

/** A process of its own that sends a run until it is killed. The mail server's port, the run, how far ahead its clock is. */
const [port = "", runId = "", ahead = ""] = process.argv.slice(2);
const { db } = database();
const clock = () => later(new Date(), Number(ahead));
const openPost = () =>
  smtpPost(
    {
      ...{ host: "127.0.0.1", port: Number(port), tls: "off" as const, login: null },
      from: "Duken <office@example.kz>",
    },
    { connections: 5 },
  );
const access = {
  ...{ db, clock, sleep, openPost, hasMailbox: false },
  ...{ officeUrl: "https://office.example.kz", secret: "a secret of the tests" },
};
process.stdout.write("working\n");
for (;;) {
  await settleLost(access);
  await askForIdleRuns(access);
  const post = openPost();
  const until = later(clock(), 20 * SECOND);
  const { state } = await sendRun(access, runId, { by: randomUUID(), post, until });
  post.close();
  if (state === "over") break;
  await sleep(SECOND / 10);
}
process.stdout.write("over\n");
process.exit(0);
