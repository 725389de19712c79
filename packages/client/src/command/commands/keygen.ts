/** `golem-discovery keygen`: makes the key that a provider is. */
import { Option } from 'commander';
import { accept, refuse, type Result } from 'golem-vm-discovery-protocol';
import { generateKey, type KeyFileOptions, type KeyScheme, saveKey } from '../../keys/index.js';
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
      if (!secured.ok) return ended('key', secured.problem);
      const key = generateKey(options.type);
      await makeKeyFolder(path);
      await saveKey(path, key, secured.value);
      surroundings.out.write(`${key.providerId}\n`);
      surroundings.err.write(keptText(path, secured.value.passphrase !== undefined));
      return DONE;
    });
  },
});

/** From the environment, else from whoever sits there, twice; none where nobody is there to give one. */
async function newPassphrase(
  { passphrase: wanted }: KeygenOptions,
  surroundings: Surroundings,
): Promise<Result<KeyFileOptions, string>> {
  const given = givenPassphrase(surroundings);
  if (!wanted || given.passphrase !== undefined) return accept(wanted ? given : {});
  const first = await surroundings.askSecret('Passphrase for the key (empty: none): ');
  if (first === 'gave up') return refuse('No passphrase was given: nothing was written.');
  if (first === 'nobody' || first.typed === '') return accept({});
  const second = await surroundings.askSecret('The same again: ');
  if (typeof second === 'string' || second.typed !== first.typed) {
    return refuse('The two passphrases differ: nothing was written.');
  }
  return accept({ passphrase: first.typed });
}

function keptText(path: string, encrypted: boolean): string {
  const how = encrypted ? 'encrypted' : 'not encrypted';
  return `Kept in ${neutralText(path)} (${how}, readable for you alone).\nWhoever has it is this provider: back it up, and share it with nobody.\n`;
}
