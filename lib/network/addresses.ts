import { lookup } from "node:dns";
import { BlockList, isIP, isIPv6, type LookupFunction } from "node:net";

/** Where nobody we are asked to speak to stands, and the secrets of a rented machine do. */
const forbidden = new BlockList();
forbidden.addSubnet("0.0.0.0", 8);
forbidden.addSubnet("169.254.0.0", 16);
forbidden.addAddress("100.100.100.200");
forbidden.addSubnet("224.0.0.0", 3);
forbidden.addAddress("::", "ipv6");
forbidden.addSubnet("fe80::", 10, "ipv6");
forbidden.addAddress("fd00:ec2::254", "ipv6");
forbidden.addSubnet("ff00::", 8, "ipv6");

/** What is this machine's or its network's own, and the ways of IPv6 to an address of IPv4. */
const inner = new BlockList();
inner.addSubnet("10.0.0.0", 8);
inner.addSubnet("100.64.0.0", 10);
inner.addSubnet("127.0.0.0", 8);
inner.addSubnet("172.16.0.0", 12);
inner.addSubnet("192.0.0.0", 24);
inner.addSubnet("192.0.2.0", 24);
inner.addSubnet("192.88.99.0", 24);
inner.addSubnet("192.168.0.0", 16);
inner.addSubnet("198.18.0.0", 15);
inner.addSubnet("198.51.100.0", 24);
inner.addSubnet("203.0.113.0", 24);

/** Everything but the part that is handed out to the Internet, and of that what leads back inside. */
const global6 = new BlockList();
global6.addSubnet("2000::", 3, "ipv6");
const inner6 = new BlockList();
inner6.addSubnet("2001::", 23, "ipv6");
inner6.addSubnet("2001:db8::", 32, "ipv6");
inner6.addSubnet("2002::", 16, "ipv6");
inner6.addSubnet("3fff::", 20, "ipv6");

const familyOf = (address: string) => (isIPv6(address) ? "ipv6" : "ipv4");

/** Link-local, multicast, metadata and no address at all: refused whatever is configured. */
export const isForbidden = (address: string): boolean =>
  forbidden.check(address, familyOf(address));

/** The last 32 bits of an address that is IPv4 in the clothes of IPv6. */
const mapped = new BlockList();
mapped.addSubnet("::ffff:0:0", 96, "ipv6");

/** Not of the public Internet: loopback, private, shared, reserved; forbidden ones are, too. */
export function isInner(address: string): boolean {
  if (isIP(address) === 0 || isForbidden(address)) return true;
  // A list of IPv4 knows its addresses in either form.
  if (!isIPv6(address) || mapped.check(address, "ipv6"))
    return inner.check(address, familyOf(address));
  return !global6.check(address, "ipv6") || inner6.check(address, "ipv6");
}

/**
 * A name is judged by what it stands for at the moment it is connected to: one address that is refused refuses
 * them all, and the address that was judged is the one connected to.
 */
export function lookupUnless(
  isRefused: (address: string) => boolean,
  refusal: () => Error,
  resolve: LookupFunction = lookup,
): LookupFunction {
  return (host, options, callback) => {
    resolve(host, options, (error, found, family) => {
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
      if (!error && addresses.some(isRefused)) return callback(refusal(), "");
      callback(error, found as string, family);
    });
  };
}
