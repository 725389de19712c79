/**
 * Admission with its real workers, a clock that a test turns, and whatever the test wants to be
 * known about providers. Requests are signed from the page that describes the wire.
 */
import { createHash } from 'node:crypto';
import type { ProviderId, Result } from 'golem-vm-discovery-protocol';
import { accept, parseProviderId, problem, refuse } from 'golem-vm-discovery-protocol';
import type { AdmissionOptions, RunningAdmission } from '#src/admission/admission.js';
import { createAdmission } from '#src/admission/admission.js';
import type {
  AdmittedAdvertisement,
  AdmittedWithdrawal,
  KnownProvider,
  Source,
  WriteRequest,
} from '#src/admission/contract.js';
import type { Stranger } from '../end-to-end/strangers.js';
import { createFakeClock, type FakeClock } from '../fake-clock.js';

/** When every test begins. */
export const NOW_MS = 1_790_000_000_000;

/** A body that is acceptable under every policy. */
export const BODY = JSON.stringify({
  ip_address: '83.233.10.2',
  country: 'SE',
  resources: { cpu: 4, memory: 8, storage: 40 },
});

/** Where the providers of these tests are at home, and somewhere else. */
export const HOME: Source = { address: '83.233.10.2', network: '83.233.10.2' };
export const ELSEWHERE: Source = { address: '45.83.220.1', network: '45.83.220.1' };

/** A provider that was listed with this `t`, from home, a minute ago. */
export function listed(t: number | undefined): KnownProvider {
  return { listed: true, t, source: HOME.network, sinceRenewalMs: 60_000 };
}

/** A provider that is not listed any more. */
export function remembered(t: number): KnownProvider {
  return { listed: false, t, source: undefined, sinceRenewalMs: undefined };
}

/** What a test may choose of a request; the rest is in order. */
export interface RequestChoices {
  readonly t?: number;
  readonly body?: string;
  /** What arrives, where it differs from what was signed. */
  readonly sentBody?: string;
  readonly network?: string;
  readonly method?: 'POST' | 'DELETE';
  readonly path?: string;
  readonly source?: Source;
  readonly idHeader?: string;
}

/** What a test holds in its hands. */
export interface Desk {
  readonly admission: RunningAdmission;
  readonly clock: FakeClock;
  /** How often an address was charged. */
  readonly charged: () => number;
  know(providerId: string, provider: KnownProvider): void;
  setHighWaterMark(t: number): void;
  /** From now on, addresses have used up their budget. */
  exhaustAddresses(): void;
  post(request: WriteRequest): Promise<Result<AdmittedAdvertisement>>;
  withdraw(request: WriteRequest, owner: string): Promise<Result<AdmittedWithdrawal>>;
  signedPost(stranger: Stranger, choices?: RequestChoices): Promise<WriteRequest>;
  signedDelete(stranger: Stranger, choices?: RequestChoices): Promise<WriteRequest>;
  unsigned(id: string, choices?: RequestChoices & { readonly signature?: string }): WriteRequest;
}

/** Opens a desk; the test closes its admission. */
export function createDesk(choices: Partial<AdmissionOptions> = {}): Desk {
  const clock = createFakeClock(NOW_MS);
  const providers = new Map<string, KnownProvider>();
  let highWaterMark = 0;
  let charged = 0;
  let exhausted = false;
  const known = {
    find: (providerId: ProviderId) => providers.get(providerId),
    highWaterMark: () => highWaterMark,
  };
  const chargeAddress = (): Result<void> => {
    charged += 1;
    return exhausted
      ? refuse(problem('RATE_001', 'too many', { retryAfterSeconds: 7 }))
      : accept(undefined);
  };
  const admission = createAdmission({
    auth: 'required',
    network: 'mainnet',
    ipPolicy: 'any',
    clock,
    workers: 1,
    ...choices,
  });
  const compose = (idHeader: string, signatureHeader: string, chosen: RequestChoices) => ({
    providerIdHeader: idHeader,
    signatureHeader,
    body: Buffer.from(chosen.sentBody ?? chosen.body ?? BODY),
    source: chosen.source ?? HOME,
    chargeAddress,
  });
  const signed = async (stranger: Stranger, chosen: Required<SignedParts> & RequestChoices) =>
    compose(chosen.idHeader ?? stranger.id, await signatureOf(stranger, chosen), chosen);
  return {
    admission,
    clock,
    charged: () => charged,
    know: (providerId, provider) => void providers.set(providerId, provider),
    setHighWaterMark: (t) => void (highWaterMark = t),
    exhaustAddresses: () => void (exhausted = true),
    post: (request) => admission.advertisement(request, known),
    withdraw: (request, owner) => admission.withdrawal(request, providerIdOf(owner), known),
    signedPost: (stranger, chosen = {}) =>
      signed(stranger, {
        t: clock.wallMs(),
        body: BODY,
        network: 'mainnet',
        method: 'POST',
        path: '/api/v1/advertisements',
        ...chosen,
      }),
    signedDelete: (stranger, chosen = {}) =>
      signed(stranger, {
        t: clock.wallMs(),
        body: '',
        network: 'mainnet',
        method: 'DELETE',
        path: `/api/v1/advertisements/${stranger.canonicalId}`,
        ...chosen,
      }),
    unsigned: (id, chosen = {}) => compose(id, chosen.signature ?? 'signature', chosen),
  };
}

type SignedParts = Pick<RequestChoices, 't' | 'body' | 'network' | 'method' | 'path'>;

async function signatureOf(stranger: Stranger, parts: Required<SignedParts>): Promise<string> {
  const { t, body, network, method, path } = parts;
  const hash = createHash('sha256').update(body).digest('hex');
  const lines = ['golem-discovery-v1', network, method, path, stranger.canonicalId, t, hash];
  return `t=${t},v1=${await stranger.sign(lines.join('\n'))}`;
}

/** A provider id of which the test knows that it is one. */
export function providerIdOf(text: string): ProviderId {
  const parsed = parseProviderId(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.value.id;
}

/** `admitted`, or the code of the problem. */
export function codeOf(result: Result<unknown>): string {
  return result.ok ? 'admitted' : result.problem.code;
}
