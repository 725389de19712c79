/** `GET /advertisements/{provider_id}`: one advertisement. */
import type { Advertisement } from 'golem-vm-discovery-protocol';
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol/vocabulary';
import { isAdvertisement } from '../answers/advertisement.js';
import { DiscoveryError } from '../discovery-error.js';
import type { SendOptions, Transport } from '../transport/transport.js';
import type { VerifiedAdvertisement } from '../verification/verified-advertisement.js';
import { ask, type Heard } from './ask.js';
import { loadJudge, type Trust } from './judge.js';
import { unverifiable } from './unverifiable.js';

/** Asks for the advertisement of one provider, and believes the hub. */
export async function get(
  transport: Transport,
  providerId: string,
  options: SendOptions,
): Promise<Advertisement> {
  return (await askOne(transport, providerId, '', options)).body;
}

/** Asks for the advertisement of one provider, and checks its proof. Rejects with UNVERIFIABLE where it does not hold. */
export async function getVerified(
  transport: Transport,
  providerId: string,
  options: SendOptions,
  trust: Trust,
): Promise<VerifiedAdvertisement> {
  const { body, hub } = await askOne(transport, providerId, 'proof=true', options);
  const judge = await loadJudge({ asked: {}, providerId }, trust, transport.surroundings);
  const verdict = judge(body);
  if (!verdict.ok) throw new DiscoveryError(unverifiable({ ...verdict.rejection, hub }));
  return verdict.value;
}

function askOne(
  transport: Transport,
  providerId: string,
  query: string,
  options: SendOptions,
): Promise<Heard<Advertisement>> {
  const question = {
    path: `${ADVERTISEMENTS_PATH}/${encodeURIComponent(providerId)}`,
    query,
    expected: 'an advertisement',
    isAnswer: isAdvertisement,
  };
  return ask(transport, question, options);
}
