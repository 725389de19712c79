/**
 * Answers with proofs. The signed bytes are in the store alone (in memory they would be half of
 * what a provider costs), so they are read after the answer was found.
 *
 * Invariant: a proof speaks for the very listing that is shown with it. Where a provider renewed in
 * between, the grants differ, and everything is found again, but only what is lacking is read: a row
 * or two, quickly done. To read the whole page again would lose the race in a market that renews often.
 */
import { accept, type ProviderId, problem, refuse, type Result } from 'golem-vm-discovery-protocol';
import { asciiJson } from '../matching/records/ascii-json.js';
import type { PageRecord } from '../matching/contract.js';
import type { Store, StoredProof } from '../store/contract.js';
import type { Entry } from './entry.js';

/** Afterwards it is shown without a proof, which whoever verifies does not take. */
const ATTEMPTS_MAX = 8;

/** What proofs are found by. */
export interface Witnesses {
  readonly store: Pick<Store, 'proofs'>;
  readonly find: (providerId: ProviderId) => Pick<Entry, 't' | 'grant'> | undefined;
}

/** An answer, and its advertisements with their proofs as wire texts. */
export interface Proven<Answer> {
  readonly answer: Answer;
  readonly texts: readonly string[];
}

/** Asks, and adds to each record its proof; an unsigned one has none. SYS_002 where the store can't be read now. */
export async function prove<Answer extends { readonly records: readonly PageRecord[] }>(
  { store, find }: Witnesses,
  ask: () => Result<Answer>,
): Promise<Result<Proven<Answer>>> {
  const known = new Map<ProviderId, StoredProof>();
  for (let attempt = 1; ; attempt += 1) {
    const answer = ask();
    if (!answer.ok) return answer;
    const claims = answer.value.records.map((record) => claimOf(record, find));
    const lacking = claims.filter((claim) => !isProven(claim, known));
    const proofs = await store.proofs(lacking.map(({ providerId }) => providerId));
    if (proofs === undefined) return refuse(unreadable());
    for (const [providerId, proof] of proofs) known.set(providerId, proof);
    const isWhole = lacking.every((claim) => isProven(claim, known));
    if (!isWhole && attempt < ATTEMPTS_MAX) continue;
    return accept({ answer: answer.value, texts: claims.map((claim) => provenText(claim, known)) });
  }
}

/** What a record says, and by which grant; `undefined` for what is listed unsigned. */
interface Claim extends PageRecord {
  readonly grant: number | undefined;
}

function claimOf({ providerId, text }: PageRecord, find: Witnesses['find']): Claim {
  const entry = find(providerId);
  return { providerId, text, grant: entry?.t === undefined ? undefined : entry.grant };
}

type Proofs = ReadonlyMap<ProviderId, StoredProof>;

function isProven({ providerId, grant }: Claim, proofs: Proofs): boolean {
  return grant === undefined || proofs.get(providerId)?.grant === grant;
}

function provenText({ providerId, text, grant }: Claim, proofs: Proofs): string {
  const proof = proofs.get(providerId);
  if (proof === undefined || proof.grant !== grant) return text;
  const { signature, body } = proof;
  return `${text.slice(0, -1)},"proof":${asciiJson({ signature, body })}}`;
}

function unreadable() {
  return problem('SYS_002', "the proofs can't be read now: try again in a second", {
    retryAfterSeconds: 1,
  });
}
