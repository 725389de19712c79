/**
 * Addresses: one grammar, one canonical form, and how far an address reaches.
 * Invariant: what parses is exactly what `net.isIP` of Node accepts, less zones. Cost: about a
 * microsecond.
 */
import ipaddr from 'ipaddr.js';

/**
 * `public`: can be reached from anywhere, as far as its number tells. `local`: unicast, but not
 * for the whole Internet (private, loopback, link-local, shared, documentation, benchmarking, and
 * the transition prefixes, which hide an IPv4 address). `none`: nobody's address (unspecified,
 * broadcast, multicast, reserved).
 */
export type IpReach = 'public' | 'local' | 'none';

/** An IPv4 or IPv6 address. */
export interface IpAddress {
  /** As it was given. */
  readonly text: string;
  /** Lower case, shortest (RFC 5952); a v4-mapped IPv6 address is folded to its IPv4 address. */
  readonly canonical: string;
  /** What budgets count by: the IPv4 address, or the /64 of an IPv6 one, as `2001:db8:0:1::/64`. */
  readonly network: string;
  readonly reach: IpReach;
}

/** Four decimal numbers to 255 without leading zeros: one spelling, so the text is canonical. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Only what IPv6 is written with; no zone. The grammar proper is the library's. */
const IPV6_CHARS = /^[0-9a-fA-F:.]{2,45}$/;

/** The last 32 bits may be written as IPv4, as strictly as IPv4 itself. */
const IPV4_TAIL = /[^:]*\.[^:]*$/;

type Ranges<Range> = Record<Exclude<IpReach, 'public'>, Range[]>;

const IPV4_REACH: Ranges<[ipaddr.IPv4, number]> = {
  none: ['0.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4'].map((cidr) => ipaddr.IPv4.parseCIDR(cidr)),
  local: [
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
  ].map((cidr) => ipaddr.IPv4.parseCIDR(cidr)),
};

const IPV6_GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3');

const IPV6_LOCAL = [
  '::1/128',
  '64:ff9b::/96',
  'fc00::/7',
  'fe80::/10',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
].map((cidr) => ipaddr.IPv6.parseCIDR(cidr));

/** Reads an address; `undefined` for host names, zones, leading zeros, spaces and all else. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (IPV4.test(text)) return ofIpv4(text, text);
  const address = parseIpv6(text);
  if (address === undefined) return undefined;
  if (address.isIPv4MappedAddress()) return ofIpv4(text, address.toIPv4Address().toString());
  return ofIpv6(text, address);
}

function parseIpv6(text: string): ipaddr.IPv6 | undefined {
  if (!IPV6_CHARS.test(text)) return undefined;
  const [tail] = IPV4_TAIL.exec(text) ?? [];
  if (tail === undefined) return parseGroups(text);
  return IPV4.test(tail) ? parseGroups(text.slice(0, -tail.length) + asGroups(tail)) : undefined;
}

/** `1.2.3.4` as `102:304`. The library would take `::1.2.3.4` for `::ffff:1.2.3.4`. */
function asGroups(ipv4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function parseGroups(text: string): ipaddr.IPv6 | undefined {
  try {
    return ipaddr.IPv6.parse(text);
  } catch {
    return undefined;
  }
}

function ofIpv4(text: string, canonical: string): IpAddress {
  const address = ipaddr.IPv4.parse(canonical);
  const reach = reachOf(
    IPV4_REACH.none.some((range) => address.match(range)),
    IPV4_REACH.local.some((range) => address.match(range)),
  );
  return { text, canonical, network: canonical, reach };
}

function ofIpv6(text: string, address: ipaddr.IPv6): IpAddress {
  const local = IPV6_LOCAL.some((range) => address.match(range));
  const network = new ipaddr.IPv6([...address.parts.slice(0, 4), 0, 0, 0, 0]);
  return {
    text,
    canonical: address.toRFC5952String(),
    network: `${network.toRFC5952String()}/64`,
    reach: reachOf(!local && !address.match(IPV6_GLOBAL), local),
  };
}

function reachOf(none: boolean, local: boolean): IpReach {
  if (none) return 'none';
  return local ? 'local' : 'public';
}
