import type { Tone } from "@/components/ui/notice";
import type { StoreView } from "@/lib/stores/model";

export type SendingState =
  | "stopped"
  | "stoppedEverywhere"
  | "paused"
  | "waitsForLogin"
  | "blocked"
  | "idle"
  | "on";

export const sendingTones: Record<SendingState, Tone> = {
  stopped: "red",
  stoppedEverywhere: "red",
  paused: "amber",
  waitsForLogin: "amber",
  blocked: "amber",
  idle: "plain",
  on: "green",
};

type Facts = Pick<
  StoreView,
  "sendingStoppedAt" | "isActive" | "session" | "login" | "writesBlockedUntil" | "botsCount"
>;

/** Why prices do or do not go to Kaspi, the reason first that a person must undo first. */
export function sendingState(store: Facts, isOfficeStopped: boolean, now: number): SendingState {
  if (store.sendingStoppedAt !== null) return "stopped";
  if (isOfficeStopped) return "stoppedEverywhere";
  if (!store.isActive) return "paused";
  if (store.session === "needs_reauth" || store.login === null) return "waitsForLogin";
  if (store.writesBlockedUntil !== null && store.writesBlockedUntil.getTime() > now)
    return "blocked";
  return store.botsCount === 0 ? "idle" : "on";
}
