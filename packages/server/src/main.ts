/** The process: reads arguments, environment and `.env`, does what was asked for, and ends with a code that says how it went. */
import { readFileSync } from 'node:fs';
import { parseArguments } from './command/arguments.js';
import { migrateStore } from './command/migrate.js';
import { type Ended, serve } from './command/serve.js';
import { readSettings } from './config/read-settings.js';
import { effectiveText } from './config/show-settings.js';

/** What a shell takes for "you called me wrongly": words and settings that were not accepted. */
const EXIT_CODE_SETTINGS = 2;

async function run(words: readonly string[]): Promise<Ended> {
  const version = readVersion();
  const asked = parseArguments(words, version);
  if (asked.kind === 'text') return said(asked.text);
  if (asked.kind === 'migrate') return migrateStore(asked, (line) => said(`${line}\n`));
  const dotenv = readDotenv();
  const settings = readSettings({ env: process.env, dotenv: dotenv.text, flags: asked.flags });
  // All of them at once, so that a deployment is repaired in one go.
  const faults = [...asked.faults, ...dotenv.faults, ...(settings.ok ? [] : settings.problem)];
  if (!settings.ok || faults.length > 0) return refused(faults);
  if (asked.kind === 'config') return said(`${effectiveText(settings.value.given)}\n`);
  return serve(settings.value, version);
}

function said(text: string): Ended {
  process.stdout.write(text);
  return { exitCode: 0 };
}

function refused(faults: readonly string[]): Ended {
  return { exitCode: EXIT_CODE_SETTINGS, message: faults.join('\n') };
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest))
    return 'unknown';
  return String(manifest.version);
}

/** A `.env` that is there and cannot be read is a fault: starting without it would be starting with other settings. */
function readDotenv(): { text: string | undefined; faults: readonly string[] } {
  try {
    return { text: readFileSync('.env', 'utf8'), faults: [] };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const fault = `.env in the working directory cannot be read (${code})`;
    return { text: undefined, faults: code === 'ENOENT' ? [] : [fault] };
  }
}

const ended = await run(process.argv.slice(2));
if (ended.message !== undefined) process.stderr.write(`${ended.message}\n`);
// Not process.exit(): what was written must get out, and what is left open should be seen.
process.exitCode = ended.exitCode;
