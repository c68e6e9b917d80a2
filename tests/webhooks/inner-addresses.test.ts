import { describe, expect, test } from "vitest";
import { testWebhook } from "@/lib/webhooks/send-by-hand";
import { eventfulStore } from "../support/eventful-store";
import { receiver } from "../support/receiver";
import { hooked, targetsOf } from "../support/webhooks";

const { person, parts, deliveries, happen } = await eventfulStore();

describe("inner addresses", () => {
  const closed = hooked(parts, { targets: targetsOf("") });

  test("are refused as they are registered", async () => {
    for (const host of ["127.0.0.1:9000", "[::1]:9000", "169.254.169.254", "[::ffff:7f00:1]"])
      await expect(closed.add(person, `http://${host}/`)).rejects.toMatchObject({
        details: [{ path: "url", message: "webhook_url_inner" }],
      });
  });

  test("are refused when a name leads there, however often it led elsewhere", async () => {
    const there = await receiver();
    const answers = ["127.0.0.1", "127.0.0.2"];
    const asked: string[] = [];
    const ways = hooked(parts, {
      targets: targetsOf("127.0.0.1"),
      // Each connection asks once, and goes where that answer leads.
      lookup: (host, options, callback) => {
        const address = answers[asked.push(host) - 1] ?? "";
        if (options.all) callback(null, [{ address, family: 4 }]);
        else callback(null, address, 4);
      },
    });
    const { id } = await ways.add(person, `http://rebinding.example.kz:${there.port}/`);
    await happen("first");
    await ways.sendAll();
    expect(there.received).toHaveLength(1);
    await happen("second");
    await ways.sendAll();
    expect(there.received).toHaveLength(1);
    expect(await deliveries(id)).toMatchObject([
      { state: "delivered" },
      { state: "waiting", status: null, trouble: "refused" },
    ]);
    expect(asked).toEqual(["rebinding.example.kz", "rebinding.example.kz"]);
  });

  test("one of several is enough to refuse them all", async () => {
    const there = await receiver();
    const ways = hooked(parts, {
      targets: targetsOf(""),
      lookup: (_host, _options, callback) =>
        callback(null, [
          { address: "93.184.216.34", family: 4 },
          { address: "::ffff:127.0.0.1", family: 6 },
        ]),
    });
    const { id } = await ways.add(person, `http://two.example.kz:${there.port}/`);
    expect(await testWebhook(ways.access, person, id)).toMatchObject({ trouble: "refused" });
    expect(there.received).toEqual([]);
  });

  test("that localhost stands for are refused, too", async () => {
    const there = await receiver();
    const { id } = await closed.add(person, `http://localhost:${there.port}/`);
    const outcome = await testWebhook(closed.access, person, id);
    expect(outcome).toMatchObject({ ok: false, trouble: "refused" });
    expect(there.received).toEqual([]);
  });
});
