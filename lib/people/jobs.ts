import { defineJob } from "@/lib/jobs/define-job";
import { events } from "@/lib/jobs/events";
import { peopleAccess } from "./access";
import { answerAsking } from "./ask-for-reset";

/** The link is made and mailed in one step: a token never becomes a step's result. */
export const sendResetLink = defineJob(
  events.resetAsked,
  { id: "send-reset-link", retries: 3, concurrency: [{ limit: 2 }] },
  ({ event, step }) => step.run("answer", () => answerAsking(peopleAccess(), event.data.attemptId)),
);
