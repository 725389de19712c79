/** Every command there is, in the order of `--help`. A new one is a file in `commands/` and a line here. */
import { completion } from './commands/completion.js';
import { find } from './commands/find.js';
import { get } from './commands/get.js';
import { info } from './commands/info.js';
import type { Subcommand } from './subcommand.js';

export const COMMANDS: readonly Subcommand[] = [find, get, info, completion];
