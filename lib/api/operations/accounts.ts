import { z } from "zod";
import type { LoginReplied, LoginRequest } from "@/lib/accounts/model";
import type { Caller } from "@/lib/auth/model";
import { kaspiAccess } from "@/lib/exits/access";
import { beginConnecting, goOnConnecting } from "@/lib/stores/connect-stores";
import type { ConnectStep } from "@/lib/stores/model";
import {
  chooseMerchant,
  codeRequired,
  connectedAnswer,
  loginAnswer,
  waitingAnswer,
} from "../accounts/login-answer";
import { authenticateFields, smsStartFields, smsVerifyFields } from "../accounts/login-fields";
import { actingFor } from "../acting-for";
import { operation } from "../operation";

type Asking = { caller: Caller; userId: string | undefined };

// Neither ends with its request: a code is good once, and an answer nobody waits for is kept for the next.
async function begin({ caller, userId }: Asking, request: LoginRequest): Promise<ConnectStep> {
  const access = kaspiAccess();
  const person = await actingFor(access.db, caller, userId);
  return beginConnecting(access, person, request, { by: caller.id });
}

async function goOn({ caller, userId }: Asking, replied: LoginReplied): Promise<ConnectStep> {
  const access = kaspiAccess();
  const person = await actingFor(access.db, caller, userId);
  return goOnConnecting(access, person, replied, { by: caller.id });
}

const common = { method: "POST", tag: "accounts", scope: "kaspi", waits: true } as const;

export const accountOperations = [
  operation({
    ...common,
    id: "authenticate",
    path: "/kaspi/auth/authenticate/",
    summary: "Connects the stores of a Kaspi login, or says which of its stores to choose",
    body: authenticateFields,
    answers: { 200: connectedAnswer, 202: waitingAnswer },
    async handle({ caller, body, t }) {
      const asking = { caller, userId: body.user_id };
      const step = await (body.kind === "choice"
        ? goOn(asking, {
            pendingId: body.session_id,
            reply: { kind: "merchant", uid: body.merchant_id },
          })
        : begin(asking, {
            by: "email",
            email: body.email,
            password: body.password,
            keepPassword: true,
            method: body.method,
          }));
      return loginAnswer(step, { now: kaspiAccess().clock(), t });
    },
  }),
  operation({
    ...common,
    id: "startSms",
    path: "/kaspi/auth/sms_start/",
    aliases: ["/kaspi/auth/sms/start/"],
    summary: "Has Kaspi send a code to a phone; the same phone again is the same session",
    body: smsStartFields,
    answers: { 200: z.union([codeRequired, connectedAnswer]), 202: chooseMerchant },
    async handle({ caller, body: { phone, user_id: userId }, t }) {
      const step = await begin({ caller, userId }, { by: "phone", phone });
      return loginAnswer(step, { now: kaspiAccess().clock(), t, status: 200 });
    },
  }),
  operation({
    ...common,
    id: "verifySms",
    path: "/kaspi/auth/sms_verify/",
    aliases: ["/kaspi/auth/sms/verify/"],
    summary: "Sends the code back, of a text message as of a mail",
    body: smsVerifyFields,
    answers: { 200: connectedAnswer, 202: waitingAnswer },
    async handle({ caller, body: { session_id: pendingId, code, user_id: userId }, t }) {
      const step = await goOn({ caller, userId }, { pendingId, reply: { kind: "code", code } });
      return loginAnswer(step, { now: kaspiAccess().clock(), t });
    },
  }),
];
