import { describe, expect, test } from "vitest";
import { isForbidden, isInner } from "@/lib/network/addresses";
import { mayConnect, parsePrivateTargets } from "@/lib/network/private-targets";

describe("addresses", () => {
  test.each([
    "127.0.0.1",
    "127.9.9.9",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.127.255.255",
    "169.254.169.254",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "192.0.2.1",
    "::1",
    "::",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:1::",
    "2001:db8::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "ff02::1",
    "not an address",
  ])("%s is not of the Internet", (address) => expect(isInner(address)).toBe(true));

  test.each([
    "8.8.8.8",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "193.0.0.1",
    "::ffff:8.8.8.8",
    "2606:4700:4700::1111",
    "2a00:1450:4010::64",
  ])("%s is of the Internet", (address) => expect(isInner(address)).toBe(false));

  test.each(["169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "0.0.0.0", "ff02::1"])(
    "%s is forbidden, whatever is configured",
    (address) => expect(isForbidden(address)).toBe(true),
  );
});

describe("inner targets", () => {
  const may = (configured: string, address: string, port = 80, host = address) => {
    const targets = parsePrivateTargets(configured);
    if (!targets) throw new Error("not parsed");
    return mayConnect(targets, address, { host, port });
  };

  test("are refused unless they are named", () => {
    expect(may("", "127.0.0.1")).toBe(false);
    expect(may("false", "127.0.0.1")).toBe(false);
    expect(may("", "8.8.8.8")).toBe(true);
    expect(may("true", "127.0.0.1")).toBe(true);
    expect(may("127.0.0.1:9000", "127.0.0.1", 9_000)).toBe(true);
    expect(may("127.0.0.1:9000", "127.0.0.1", 9_001)).toBe(false);
    expect(may("hooks.lan:9000", "10.0.0.9", 9_000, "hooks.lan")).toBe(true);
    expect(may("hooks.lan:9000", "10.0.0.9", 9_000, "other.lan")).toBe(false);
    expect(may("10.1.0.0/16, fd00::/8", "10.1.2.3")).toBe(true);
    expect(may("10.1.0.0/16", "::ffff:10.1.2.3")).toBe(true);
    expect(may("10.1.0.0/16", "10.2.2.3")).toBe(false);
    expect(may("fd00::/8", "fd12::1")).toBe(true);
    expect(may("10.1.0.5", "10.1.0.5")).toBe(true);
  });

  test("never open what is forbidden", () => {
    expect(may("true", "169.254.169.254")).toBe(false);
    expect(may("169.254.0.0/16", "169.254.169.254")).toBe(false);
    expect(may("169.254.169.254:80", "169.254.169.254")).toBe(false);
  });

  test.each(["yes", "10.0.0.0/33", "10.0.0.0/8/8", "host", "http://host:80", "a b:80"])(
    "%j is not understood",
    (text) => expect(parsePrivateTargets(text)).toBeNull(),
  );
});
