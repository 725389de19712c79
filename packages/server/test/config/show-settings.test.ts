import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { flagOf } from '#src/config/setting.js';
import { SETTING_LIST } from '#src/config/settings.js';
import { effectiveText, helpText, referencePage } from '#src/config/show-settings.js';
import { read } from './sources.js';

test('every default parses, and every variable and flag is its own', () => {
  for (const setting of SETTING_LIST) assert.ok(setting.parse(setting.defaultText).ok);
  assert.equal(new Set(SETTING_LIST.map(({ variable }) => variable)).size, SETTING_LIST.length);
  assert.equal(new Set(SETTING_LIST.map(flagOf)).size, SETTING_LIST.length);
});

test('the help names every setting with its flag and default, in 80 columns', () => {
  const help = helpText();
  for (const setting of SETTING_LIST) {
    assert.ok(help.includes(`  ${flagOf(setting)} <value>  (or ${setting.variable})\n`));
    assert.ok(
      help.replaceAll(/\s+/g, ' ').includes(`(default: ${setting.defaultText || 'nothing'})`),
    );
  }
  for (const line of help.split('\n')) assert.ok(line.length < 80, line);
});

test('the effective settings can be read back as a .env file', () => {
  const env = {
    DISCOVERY_DB_URL: 'sqlite:///my hub.db',
    DISCOVERY_TRUSTED_PROXIES: '::1, 10.0.0.0/8',
  };
  const outcome = read({ env });
  assert.ok(outcome.ok);
  const again = read({ dotenv: effectiveText(outcome.value.given) });
  assert.ok(again.ok);
  assert.deepEqual(again.value.config, outcome.value.config);
});

test('the reference page is the one that the table makes', () => {
  const page = new URL('../../../../../docs/settings.md', import.meta.url);
  assert.equal(readFileSync(fileURLToPath(page), 'utf8'), referencePage());
});
