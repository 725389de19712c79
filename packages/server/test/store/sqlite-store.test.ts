import { describeStore } from './contract-suite.js';
import { makeSqlitePlace } from './sqlite-place.js';

describeStore('SQLite', makeSqlitePlace);
