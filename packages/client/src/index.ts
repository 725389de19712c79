/** The entry for Node and browsers alike: everything but what needs files. */
export type {
  Advertisement,
  AdvertisementBody,
  Estimate,
  Explanation,
  GrantedAdvertisement,
  Info,
  Pricing,
  ProblemCode,
  ProblemDetail,
  Proof,
  ProviderStatus,
  Resources,
  Sort,
  Stats,
} from 'golem-vm-discovery-protocol';
export type { Needed } from './asking/explain.js';
export { find } from './asking/find.js';
export type { Findings } from './asking/findings.js';
export type { Page } from './asking/page.js';
export type { FindOptions } from './asking/page-source.js';
export {
  DiscoveryClient,
  type DiscoveryClientOptions,
  type FindUnverifiedOptions,
  type FindVerifiedOptions,
  type GetUnverifiedOptions,
  type VerifyOptions,
} from './discovery-client.js';
export { DiscoveryError } from './discovery-error.js';
export {
  CLIENT_PROBLEMS,
  type ClientProblemCode,
  type Failure,
  type FailureCode,
} from './failure.js';
export type { HubAnswer } from './transport/answer-reading.js';
export type { Expectation } from './transport/call.js';
export type { HubRequest } from './transport/hub-request.js';
export type { Fetch, Surroundings } from './transport/surroundings.js';
export {
  Transport,
  type Persistence,
  type SendOptions,
  type TransportOptions,
} from './transport/transport.js';
export type { Rejection, VerifiedAdvertisement } from './verification/verified-advertisement.js';
export type { WatchOptions } from './watching/watch.js';
export type { WatchEvent } from './watching/watch-event.js';
export {
  Advertiser,
  type AdvertisementChange,
  type AdvertiserOptions,
  type CloseOptions,
  type HubState,
} from './advertising/advertiser.js';
export type * from './advertising/advertiser-event.js';
export type { SpeakerOptions } from './advertising/hub-lines.js';
export { withdraw, type WithdrawOptions } from './advertising/withdraw.js';
export { signerFrom, type SignerSource } from './signers/signer-from.js';
export { UnusableSignerError } from './signers/unusable-signer-error.js';
export type * from './signers/wallets.js';
export type { KeyPair, NodeKey, NodeKeyPair } from './signers/key-objects.js';
export type { Ed25519Jwk } from './signers/jwk.js';
export type { Signer } from 'golem-vm-discovery-protocol/signing';
