import { afterAll, beforeAll, beforeEach } from "vitest";
import { directLogin } from "@/lib/kaspi/direct-login";
import { openCabinet } from "@/lib/kaspi/session";
import { createTransport, type KaspiTransport } from "@/lib/kaspi/transport";
import { startTwin, type Twin } from "@/lib/kaspi-twin/twin";
import { noWait } from "./stub-server";

/** A training Kaspi for the tests of a file, without faults and bans before each. */
export function trainingKaspi() {
  let twin: Twin | undefined;
  let transport: KaspiTransport | undefined;
  beforeAll(async () => {
    twin = await startTwin();
    transport = createTransport({ hosts: twin.urls, timeoutMs: 10_000 });
  });
  beforeEach(() => {
    twin?.clearFaults();
    twin?.forgiveLimits();
  });
  afterAll(async () => {
    await transport?.close();
    await twin?.stop();
  });
  return {
    get twin(): Twin {
      if (!twin) throw new Error("the twin has not started");
      return twin;
    },
    get transport(): KaspiTransport {
      if (!transport) throw new Error("the twin has not started");
      return transport;
    },
    logIn(name: string, password = `${name}-kaspi`) {
      const credentials = { email: `${name}@duken.kz`, password };
      return directLogin(this.transport).logIn(credentials, { acquireSlot: noWait });
    },
    async cabinetOf(name: string) {
      const outcome = await this.logIn(name);
      if (outcome.kind !== "connected") throw new Error(`${name} is not connected`);
      const { session } = outcome;
      return openCabinet({ transport: this.transport, session, acquireSlot: noWait });
    },
    get storefront() {
      return { transport: this.transport, acquireSlot: noWait };
    },
  };
}
