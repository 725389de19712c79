/** How a command ends when a hub refused, did not answer, or could not be believed. */
import { DiscoveryError } from '../discovery-error.js';
import type { Failure, FailureCode } from '../failure.js';
import { type Ended, ended, type Ending } from './exit-codes.js';
import { neutralText } from './rendering/neutral-text.js';

/** Codes that end otherwise than with "the hub refused". */
const ENDINGS: Partial<Record<FailureCode, Ending>> = {
  ADV_004: 'nothing',
  UNREACHABLE: 'unreachable',
  TIMED_OUT: 'unreachable',
  UNREADABLE: 'unreachable',
  UNVERIFIABLE: 'unproven',
};

/** What to do next, where the message itself does not say so. */
const ADVICE: Partial<Record<FailureCode, string>> = {
  UNREACHABLE: 'Name another with --hub or GOLEM_DISCOVERY_URL.',
  TIMED_OUT: 'Try again, or name another with --hub or GOLEM_DISCOVERY_URL.',
  UNREADABLE:
    'Name the right one with --hub or GOLEM_DISCOVERY_URL, such as http://127.0.0.1:7465.',
  UNVERIFIABLE:
    'Do not rely on what this hub says. Ask another with --hub, and tell whoever runs this one.',
  ADV_004:
    'It never was, has withdrawn, or its lease is over. Who is listed: golem-discovery find --all',
  AUTH_001:
    'The network is named with --network or GOLEM_DISCOVERY_NETWORK; golem-discovery info says which one a hub is of.',
};

/** Instead, where nobody listens on this machine. */
const NOBODY_HERE = [
  'Start one with: golem-discovery-server',
  'Or name another with --hub or GOLEM_DISCOVERY_URL.',
];

/** What to do about a failure, in lines; none where its message says it all. */
export function adviceLines(failure: Failure): readonly string[] {
  if (isNobodyHere(failure)) return NOBODY_HERE;
  const advice = ADVICE[failure.code];
  return advice === undefined ? [] : [advice];
}

/** A hub elsewhere is not ours to start, whatever answered is there already, and none speaks https by itself. */
function isNobodyHere({ code, hub, cause }: Failure): boolean {
  if (code !== 'UNREACHABLE' || hub === undefined || cause === undefined) return false;
  const { hostname, protocol } = new URL(hub);
  if (protocol === 'https:') return false;
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

/** Runs what talks to hubs; its failures become endings, everything else that is thrown is a bug. */
export async function endingOf(talk: () => Promise<Ended>): Promise<Ended> {
  try {
    return await talk();
  } catch (error) {
    if (error instanceof DiscoveryError) return failureEnding(asFailure(error));
    throw error;
  }
}

/** The message of an error begins with its code already. */
function asFailure({ code, message, details, hub, retryAfterMs, cause }: DiscoveryError): Failure {
  const plain = message.startsWith(`${code}: `) ? message.slice(code.length + 2) : message;
  return {
    code,
    message: plain,
    details,
    cause,
    ...(hub !== undefined && { hub }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** How to end with a failure. */
export function failureEnding(failure: Failure): Ended {
  return ended(ENDINGS[failure.code] ?? 'refused', failureText(failure));
}

/** When to come back, unless the hub says so itself. */
function waitingLines({ message, retryAfterMs }: Failure): readonly string[] {
  if (retryAfterMs === undefined || message.includes('try again in')) return [];
  return [`Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`];
}

/** What happened and what to do next. */
function failureText(failure: Failure): string {
  const { code, message, details = [] } = failure;
  const lines = [
    `${code}: ${message}`,
    ...details.map(({ field, message: fault }) => `  ${field}: ${fault}`),
    ...waitingLines(failure),
    ...adviceLines(failure),
  ];
  return lines.map(neutralText).join('\n');
}
