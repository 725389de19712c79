/** Writes the pages of docs/ that are made from code. A test holds each to its source. */
import { writeFileSync } from 'node:fs';
import { referencePage } from '../packages/server/dist/src/config/show-settings.js';

writeFileSync(new URL('../docs/settings.md', import.meta.url), referencePage());
