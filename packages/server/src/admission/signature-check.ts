/**
 * Whether a signature speaks for exactly the request that arrived: composes the signed text
 * and has it verified, in the lane that the request deserves.
 *
 * Invariant: the network is this hub's own and the path is the one of the product, so neither
 * a Host header nor a proxy has a say in what was signed.
 */
import { createHash } from 'node:crypto';
import type { Problem, Result, SignedMethod } from 'golem-vm-discovery-protocol';
import { accept, composeSignedText, problem, refuse } from 'golem-vm-discovery-protocol';
import type { KnownProvider, WriteRequest } from './contract.js';
import type { SignedCredentials } from './credentials.js';
import type { Lane } from './lanes.js';
import { isClaimedByKey, isFromLastNetwork } from './ownership.js';
import type { Verifier } from './verifier.js';

/** What a signature must speak for, beside the body. */
export interface Claim {
  readonly method: SignedMethod;
  readonly path: string;
  readonly credentials: SignedCredentials;
}

/** Checks signatures for one network. The verifier is lent: whoever made it closes it. */
export class SignatureCheck {
  readonly #network: string;
  readonly #verifier: Verifier;

  constructor(network: string, verifier: Verifier) {
    this.#network = network;
    this.#verifier = verifier;
  }

  /** AUTH_001 where the signature speaks for anything else; SYS_001 or SYS_002 where that could not be found out. */
  async check(
    request: Pick<WriteRequest, 'body' | 'source'>,
    claim: Claim,
    provider: KnownProvider | undefined,
    lane: Lane = isFromLastNetwork(request, provider) ? 'priority' : 'general',
  ): Promise<Result<void>> {
    const { providerId, signature } = claim.credentials;
    const verified = await this.#verifier.verify(
      {
        providerId,
        signature,
        signedText: this.#signedText(request, claim),
        keyAccepted: isClaimedByKey(provider),
      },
      lane,
    );
    if (!verified.ok) return verified;
    return verified.value ? accept(undefined) : refuse(this.#notVerified(claim));
  }

  #signedText({ body }: Pick<WriteRequest, 'body'>, { method, path, credentials }: Claim): string {
    return composeSignedText({
      network: this.#network,
      method,
      path,
      providerId: credentials.providerId,
      t: credentials.signature.t,
      bodySha256Hex: createHash('sha256').update(body).digest('hex'),
    });
  }

  #notVerified({ method, path }: Claim): Problem {
    return problem(
      'AUTH_001',
      'the signature does not verify: it was made with another key than the one of X-Provider-ID, or ' +
        'over other bytes than arrived here (JSON that is re-serialised on the way is other bytes), or ' +
        `for another request than ${method} ${path} on the network ${this.#network}`,
    );
  }
}
