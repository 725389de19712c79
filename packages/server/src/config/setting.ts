/** What a setting is, and the kinds of values that settings have. Each kind says in words what it allows and parses exactly that. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { accept, isNetworkName, refuse, type Result } from 'golem-vm-discovery-protocol';

/** A kind of value: how it is written. */
export interface Kind<Value> {
  /** What is allowed, to follow "allowed:". */
  readonly allowed: string;
  /** The refusal is a reason, or empty where `allowed` says it all. */
  parse(text: string): Result<Value, string>;
}

/** One setting: everything that parsing, `--help`, `config` and the reference page need to know. */
export interface Setting<Value> extends Kind<Value> {
  readonly variable: `DISCOVERY_${string}`;
  readonly group: SettingGroup;
  /** As it would be written; it parses. */
  readonly defaultText: string;
  /** What it does: a phrase for `--help`. */
  readonly summary: string;
  /** What one trades by changing it: a sentence or two for the reference page. */
  readonly trade: string;
}

/** Headings of the help and the reference page, in their order. */
export const SETTING_GROUPS = ['Serving', 'Advertisements', 'Trust', 'Watching the hub'] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

/** The command-line flag of a setting: DISCOVERY_DB_URL is --db-url. */
export function flagOf(setting: Pick<Setting<unknown>, 'variable'>): string {
  return `--${setting.variable.slice('DISCOVERY_'.length).toLowerCase().replaceAll('_', '-')}`;
}

/** A whole number within bounds, both included: plain decimal digits, no sign, no leading zero. */
export function wholeNumber(min: number, max: number, unit = ''): Kind<number> {
  const allowed = `a whole number from ${min} to ${max}${unit === '' ? '' : ` ${unit}`}`;
  return {
    allowed,
    parse(text) {
      const number = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
      return number >= min && number <= max ? accept(number) : refuse('');
    },
  };
}

/** One of a few words. */
export function choice<const Word extends string>(...words: readonly Word[]): Kind<Word> {
  return {
    allowed: `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`,
    parse(text) {
      const word = words.find((candidate) => candidate === text);
      return word === undefined ? refuse('') : accept(word);
    },
  };
}

/** `true` or `false`; `1` and `0` are what compose files tend to say instead. */
export const yesOrNo: Kind<boolean> = {
  allowed: 'true or false (or 1 or 0)',
  parse(text) {
    if (text === 'true' || text === '1') return accept(true);
    return text === 'false' || text === '0' ? accept(false) : refuse('');
  },
};

/** The name of a network, which every signature is bound to. */
export const networkName: Kind<string> = {
  allowed: '1 to 32 of a-z, 0-9 and -',
  parse: (text) => (isNetworkName(text) ? accept(text) : refuse('')),
};

/** What to listen on. */
export const hostToListenOn: Kind<string> = {
  allowed: 'an IPv4 or IPv6 address, or a host name',
  parse: (text) =>
    isIP(text) !== 0 || /^(?=.{1,253}$)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i.test(text)
      ? accept(text)
      : refuse(''),
};

/** The kind `inner`, or `off`. An empty value is `off` too: that is what an unset variable of a compose file arrives as. */
export function orOff<Value>(inner: Kind<Value>): Kind<Value | undefined> {
  return {
    allowed: `${inner.allowed}, or off`,
    parse: (text) => (text === 'off' || text === '' ? accept(undefined) : inner.parse(text)),
  };
}

/** How many entries a list of addresses may have: each is compared for each request that came through a proxy. */
export const ADDRESS_LIST_MAX = 64;

/** Addresses or CIDRs, separated by commas; empty is none. */
export const addressList: Kind<readonly string[]> = {
  allowed: `up to ${ADDRESS_LIST_MAX} addresses or CIDRs, separated by commas, or nothing`,
  parse(text) {
    if (text.trim() === '') return accept([]);
    const entries = text.split(',').map((entry) => entry.trim());
    if (entries.length > ADDRESS_LIST_MAX) return refuse(`${entries.length} entries`);
    const wrong = entries.findIndex((entry) => !isAddressOrCidr(entry));
    return wrong === -1
      ? accept(entries)
      : refuse(`entry ${wrong + 1} is neither an address nor a CIDR`);
  },
};

/** `isIP` decides what an address is: `ipaddr.js` alone would take `10.1` and octal digits. */
function isAddressOrCidr(entry: string): boolean {
  const [address = '', ...rest] = entry.split('/');
  if (isIP(address) === 0 || address.includes('%')) return false;
  return rest.length === 0 || (/\/[0-9]{1,3}$/.test(entry) && ipaddr.isValidCIDR(entry));
}
