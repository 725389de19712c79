/**
 * Answers with proofs. The signed bytes are in the store alone (in memory they would be half of
 * what a provider costs), so they are read after the answer was found.
 *
 * Invariant: a proof speaks for the very listing that is shown with it. Where a provider renewed in
 * between, the grants differ, and everything is found again; that takes a renewal within a millisecond.
 */
import { accept, type ProviderId, problem, refuse, type Result } from 'golem-vm-discovery-protocol';
import { asciiJson } from '../matching/ascii-json.js';
import type { PageRecord } from '../matching/contract.js';
import type { Store, StoredProof } from '../store/contract.js';
import type { Entry } from './entry.js';

/** Afterwards it is shown without a proof, and whoever verifies passes it over. */
const ATTEMPTS_MAX = 4;

/** What proofs are found by. */
export interface Witnesses {
  readonly store: Pick<Store, 'proofs'>;
  readonly find: (providerId: ProviderId) => Entry | undefined;
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
  for (let attempt = 1; ; attempt += 1) {
    const answer = ask();
    if (!answer.ok) return answer;
    const { records } = answer.value;
    const grants = records.map(({ providerId }) => grantToProve(find(providerId)));
    const signed = records.filter((_, place) => grants[place] !== undefined);
    const proofs = await store.proofs(signed.map(({ providerId }) => providerId));
    if (proofs === undefined) return refuse(unreadable());
    const agreeing = records.map(({ providerId }, place) =>
      agreeingProof(proofs.get(providerId), grants[place]),
    );
    const isWhole = grants.every((grant, place) => grant === undefined || agreeing[place]);
    if (!isWhole && attempt < ATTEMPTS_MAX) continue;
    const texts = records.map(({ text }, place) => withProof(text, agreeing[place]));
    return accept({ answer: answer.value, texts });
  }
}

/** `undefined` for what is listed unsigned. */
function grantToProve(entry: Entry | undefined): number | undefined {
  return entry?.t === undefined ? undefined : entry.grant;
}

function agreeingProof(
  proof: StoredProof | undefined,
  grant: number | undefined,
): StoredProof | undefined {
  return proof?.grant === grant ? proof : undefined;
}

function withProof(text: string, proof: StoredProof | undefined): string {
  if (proof === undefined) return text;
  const { signature, body } = proof;
  return `${text.slice(0, -1)},"proof":${asciiJson({ signature, body })}}`;
}

function unreadable() {
  return problem('SYS_002', "the proofs can't be read now: try again in a second", {
    retryAfterSeconds: 1,
  });
}
