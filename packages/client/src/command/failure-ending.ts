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
  UNREACHABLE:
    'Start one with: golem-discovery-server\nOr name another with --hub or GOLEM_DISCOVERY_URL.',
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

/** What to do about a failure, in lines; none where its message says it all. */
export function adviceLines(code: FailureCode): readonly string[] {
  return ADVICE[code]?.split('\n') ?? [];
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
function asFailure({ code, message, details, retryAfterMs }: DiscoveryError): Failure {
  const plain = message.startsWith(`${code}: `) ? message.slice(code.length + 2) : message;
  return { code, message: plain, details, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** How to end with a failure. */
export function failureEnding(failure: Failure): Ended {
  return ended(ENDINGS[failure.code] ?? 'refused', failureText(failure));
}

/** What happened and what to do next. */
function failureText({ code, message, details = [], retryAfterMs }: Failure): string {
  const lines = [
    `${code}: ${message}`,
    ...details.map(({ field, message: fault }) => `  ${field}: ${fault}`),
    ...(retryAfterMs === undefined ? [] : [`Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`]),
    ...adviceLines(code),
  ];
  return lines.map(neutralText).join('\n');
}
