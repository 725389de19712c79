/**
 * Why a signature that is right is refused as wrong: the hub may be of another network, which only
 * the hub can say. Asked only after AUTH_001, whose message can't know what was meant.
 */
import { isInfo } from '../answers/info.js';
import type { HubAnswer } from '../transport/answer-reading.js';
import { attempt, type AttemptBounds } from '../transport/attempt.js';
import type { Surroundings } from '../transport/surroundings.js';

/** The same answer; where the hub says that it is of another network, its message says so too. */
export async function withNetworkHint(
  answer: HubAnswer,
  hub: string,
  network: string,
  surroundings: Surroundings,
  bounds: AttemptBounds,
): Promise<HubAnswer> {
  if (answer.ok || answer.failure.code !== 'AUTH_001') return answer;
  const info = await attempt(surroundings, hub, { method: 'GET', path: '/api/v1/info' }, bounds);
  if (!info.ok || !isInfo(info.body) || info.body.network === network) return answer;
  const hint = `this was signed for the network ${network}, and the hub is of ${info.body.network}: name that one when you sign`;
  return { ok: false, failure: { ...answer.failure, message: hint } };
}
