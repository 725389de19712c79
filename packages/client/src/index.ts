/** The entry for Node and browsers alike: everything but what needs files. */
export { DiscoveryError } from './discovery-error.js';
export {
  CLIENT_PROBLEMS,
  type ClientProblemCode,
  type Failure,
  type FailureCode,
} from './failure.js';
export type { Fetch, Surroundings } from './transport/surroundings.js';
export type { HubAnswer } from './transport/answer-reading.js';
export {
  Transport,
  type Persistence,
  type SendOptions,
  type TransportOptions,
} from './transport/transport.js';
export type { HubRequest } from './transport/hub-request.js';
