/** `GET /providers/{provider_id}/status`: whether a provider is visible, and if not, why not. */
import type { ProviderStatus } from 'golem-vm-discovery-protocol';
import { isProviderStatus } from '../answers/provider-status.js';
import type { SendOptions, Transport } from '../transport/transport.js';
import { ask } from './ask.js';

/** Asks a hub how a provider stands there. */
export async function askStatus(
  transport: Transport,
  providerId: string,
  options: SendOptions,
): Promise<ProviderStatus> {
  const question = {
    path: `/api/v1/providers/${encodeURIComponent(providerId)}/status`,
    expected: 'how a provider stands',
    isAnswer: isProviderStatus,
  };
  return (await ask(transport, question, options)).body;
}
