/** The same search as others would ask it. Invariant: each line asks exactly what the page asked. */
import { ADVERTISEMENTS_PATH, type Requirements } from 'golem-vm-discovery-protocol';
import { formatSearch, type Search } from './search.js';

/** The ways to ask. */
export const WAYS = ['curl', 'sdk', 'command'] as const;

export type Way = (typeof WAYS)[number];

/** A search at a hub, for each way to ask. But for the URL nothing in it needs escaping: grammars of the wire are closed. */
export function requestLines(
  hubUrl: string,
  network: string,
  search: Search,
): Readonly<Record<Way, string>> {
  return {
    curl: curlLine(hubUrl, search),
    sdk: sdkLines(hubUrl, network, search),
    command: commandLine(hubUrl, network, search),
  };
}

function curlLine(hubUrl: string, search: Search): string {
  const query = formatSearch(search);
  const url = `${hubUrl}${ADVERTISEMENTS_PATH}${query === '' ? '' : `?${query}`}`;
  // Without -g, curl takes brackets for a pattern too.
  return `curl ${url.includes('[') ? '-g ' : ''}'${url}'`;
}

function sdkLines(hubUrl: string, network: string, { requirements, sort }: Search): string {
  const given = network === 'mainnet' ? '' : `, network: '${network}'`;
  const wanted = { ...requirements, ...(sort !== 'uptime' && { sort }) };
  const fields = Object.entries(wanted).map(([name, value]) => `  ${name}: ${literal(value)},\n`);
  return [
    `import { DiscoveryClient } from 'golem-vm-discovery-client';`,
    ``,
    `const client = new DiscoveryClient({ hubs: '${hubUrl}'${given} });`,
    `const found = client.find({${fields.length === 0 ? '' : '\n'}${fields.join('')}});`,
    `for await (const provider of found) {`,
    `  console.log(provider.provider_id, provider.ip_address);`,
    `}`,
  ].join('\n');
}

function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll('"', "'").replaceAll(',', ', ');
}

/** A URL as shells take it: the brackets of an IPv6 address would be a pattern. It holds no quotes. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`;
}

/** The words of the command line. */
const OPTIONS = {
  cpu: '--cpu',
  memory: '--memory',
  storage: '--storage',
  country: '--country',
  platform: '--platform',
  verified: '--verified',
  max_usd_per_month: '--max-price',
} as const satisfies Record<keyof Requirements, string>;

function commandLine(hubUrl: string, network: string, { requirements, sort }: Search): string {
  return [
    'npx golem-discovery find',
    `--hub ${shellWord(hubUrl)}`,
    ...(network === 'mainnet' ? [] : [`--network ${network}`]),
    ...REQUIREMENT_NAMES.flatMap((name) => optionOf(name, requirements[name])),
    ...(sort === 'uptime' ? [] : [`--sort ${sort}`]),
  ].join(' ');
}

function optionOf(name: keyof Requirements, value: Requirements[keyof Requirements]): string[] {
  if (value === undefined) return [];
  return value === true ? [OPTIONS[name]] : [`${OPTIONS[name]} ${String(value)}`];
}

const REQUIREMENT_NAMES = [
  'cpu',
  'memory',
  'storage',
  'country',
  'platform',
  'verified',
  'max_usd_per_month',
] as const satisfies readonly (keyof Requirements)[];
