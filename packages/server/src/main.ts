/** The process: reads arguments, environment and `.env`, does what was asked for, and ends with a code that says how it went. */
import { readFileSync } from 'node:fs';
import { parseArguments } from './command/arguments.js';
import { type Ended, serve } from './command/serve.js';
import { readSettings } from './config/read-settings.js';
import { effectiveText } from './config/show-settings.js';

/** Settings that were not accepted, as for any wrong use of a command. */
const EXIT_CODE_SETTINGS = 2;

async function run(words: readonly string[]): Promise<Ended> {
  const version = readVersion();
  const asked = parseArguments(words, version);
  if (asked.kind === 'text') return said(asked.text, asked.exitCode);
  const dotenv = readDotenv();
  if (!dotenv.ok) return refused([dotenv.fault]);
  const settings = readSettings({ env: process.env, dotenv: dotenv.text, flags: asked.flags });
  if (!settings.ok) return refused(settings.problem);
  if (asked.kind === 'config') return said(`${effectiveText(settings.value.given)}\n`, 0);
  return serve(settings.value, version);
}

function said(text: string, exitCode: number): Ended {
  if (exitCode !== 0) return { exitCode, message: text.trimEnd() };
  process.stdout.write(text);
  return { exitCode };
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
function readDotenv(): { ok: true; text: string | undefined } | { ok: false; fault: string } {
  try {
    return { ok: true, text: readFileSync('.env', 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT') return { ok: true, text: undefined };
    return { ok: false, fault: `.env in the working directory cannot be read (${code})` };
  }
}

const ended = await run(process.argv.slice(2));
if (ended.message !== undefined) process.stderr.write(`${ended.message}\n`);
// Not process.exit(): what was written must get out, and what is left open should be seen.
process.exitCode = ended.exitCode;
