/** The entry `golem-vm-discovery-client/keys`: keys at rest. For Node alone, since it reads and writes files. */
export { KeyFileError, type KeyFileFault } from './key-file-error.js';
export { loadKey, loadOrCreateKey, saveKey, type KeyFileOptions } from './key-file.js';
export { generateKey, providerKey, type KeyScheme, type ProviderKey } from './provider-key.js';
