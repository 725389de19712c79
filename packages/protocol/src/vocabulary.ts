/**
 * The entry for those who need the words of the wire and none of its machinery: problems, limits,
 * results, names of networks. It brings neither schemas nor curves along and costs two kilobytes.
 */
export * from './limits.js';
export * from './network-name.js';
export * from './problems.js';
export * from './result.js';
