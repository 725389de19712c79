/** The entry for Node alone: what needs files, on top of everything else. */
export * from './index.js';
