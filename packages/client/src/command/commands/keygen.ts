/** `golem-discovery keygen`: makes the key that a provider is. */
import { Option } from 'commander';
import { generateKey, type KeyScheme, saveKey } from '../../keys/index.js';
import { DONE, ended } from '../exit-codes.js';
import {
  addKeyOption,
  givenPassphrase,
  keyFileOf,
  type KeyOption,
  makeKeyFolder,
  withKeyFaults,
} from '../options/key-option.js';
import { neutralText } from '../rendering/neutral-text.js';
import { subcommand } from '../subcommand.js';
import type { Surroundings } from '../surroundings.js';

interface KeygenOptions extends KeyOption {
  readonly type: KeyScheme;
  /** False with `--no-passphrase`. */
  readonly passphrase: boolean;
}

export const keygen = subcommand<KeygenOptions>({
  name: 'keygen',
  summary: 'make the key that a provider is',
  description:
    'Makes a new key and writes it into a file that only you can read, encrypted with a passphrase if you give one. Prints the id of the provider. A file that exists is never overwritten.',
  examples: [
    ['an Ed25519 key in its usual place', 'golem-discovery keygen'],
    ['an Ethereum key in a file', 'golem-discovery keygen --type ethereum --key rack-7.key'],
    ['without being asked for a passphrase', 'golem-discovery keygen --key ci.key --no-passphrase'],
  ],
  configure(command) {
    addKeyOption(command)
      .addOption(
        new Option('--type <type>', 'the kind of key: a did:key, or an Ethereum address')
          .choices(['ed25519', 'ethereum'])
          .default('ed25519'),
      )
      .option('--no-passphrase', 'keep it unencrypted; the mode of the file protects it');
  },
  run(options, surroundings) {
    const { path } = keyFileOf(options, surroundings);
    return withKeyFaults(async () => {
      const secured = await newPassphrase(options, surroundings);
      if (secured === 'differing')
        return ended('key', 'The two passphrases differ: nothing was written.');
      const key = generateKey(options.type);
      await makeKeyFolder(path);
      await saveKey(path, key, secured);
      surroundings.out.write(`${key.providerId}\n`);
      surroundings.err.write(keptText(path, secured.passphrase !== undefined));
      return DONE;
    });
  },
});

/** From the environment, else from whoever sits there, twice; no passphrase where nobody gives one. */
async function newPassphrase(
  { passphrase: wanted }: KeygenOptions,
  surroundings: Surroundings,
): Promise<{ readonly passphrase?: string } | 'differing'> {
  if (!wanted) return {};
  const given = givenPassphrase(surroundings);
  if (given.passphrase !== undefined) return { passphrase: given.passphrase };
  const first = await surroundings.askSecret('Passphrase for the key (empty: none): ');
  if (first === undefined || first === '') return {};
  const second = await surroundings.askSecret('The same again: ');
  return second === first ? { passphrase: first } : 'differing';
}

function keptText(path: string, encrypted: boolean): string {
  const how = encrypted ? 'encrypted' : 'not encrypted';
  return `Kept in ${neutralText(path)} (${how}, readable for you alone). Whoever has it is this provider: back it up, share it with nobody.\n`;
}
