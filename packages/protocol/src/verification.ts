/**
 * The entry for those who only check who said what: ids, signed texts, signatures. It brings no
 * schemas along, and with them nine tenths of the time that loading the whole package takes; so
 * worker threads and small bundles start here.
 */
export { ethereumAddress } from './ethereum-address.js';
export {
  ed25519PublicKey,
  isPrimeOrderKey,
  parseProviderId,
  type ParsedProviderId,
  type ProviderId,
  type ProviderScheme,
} from './provider-id.js';
export * from './signature-header.js';
export * from './signed-text.js';
export * from './verifying.js';
export * from './vocabulary.js';
