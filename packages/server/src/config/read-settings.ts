/**
 * Settings, read once at start: flags over variables over `.env` over defaults. Either a whole
 * `Config`, or every fault at once, so that an operator repairs a deployment in one go.
 */
import { accept, refuse, type Result } from 'golem-vm-discovery-protocol';
import type { Config } from './config.js';
import { readDotenvFile } from './dotenv-file.js';
import { isKubernetesVariable, isServiceLink } from './kubernetes.js';
import { nearMiss } from './near-miss.js';
import { pythonSettingNotices } from './python-settings.js';
import { quoteGiven } from './redaction.js';
import { flagOf, type Setting } from './setting.js';
import { type AnySetting, SETTING_LIST, SETTINGS } from './settings.js';

/** Where settings come from. */
export interface SettingSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of `.env`; `undefined` where there is none. */
  readonly dotenv?: string | undefined;
  /** Values of flags, by flag (`--port`). */
  readonly flags?: ReadonlyMap<string, string>;
}

/** One setting as it was given, and by what: a flag, a variable, `.env`, or nothing. */
export interface GivenSetting {
  readonly setting: AnySetting;
  readonly text: string;
  readonly origin: string;
}

/** The settings that are in force, parsed and as they were given. */
export interface EffectiveSettings {
  readonly config: Config;
  readonly given: readonly GivenSetting[];
  /** What the operator should know and need not be stopped for: one plain line each. */
  readonly notices: readonly string[];
}

/** The origin of what nobody gave. */
const DEFAULT = 'default';

const VARIABLES: readonly string[] = SETTING_LIST.map((setting) => setting.variable);

/** Reads all settings. The refusal holds one plain line for each fault; none of them shows a password. */
export function readSettings(
  sources: SettingSources,
): Result<EffectiveSettings, readonly string[]> {
  const { variables: fileVariables, faults: fileFaults } = readDotenvFile(sources.dotenv);
  const faults = [
    ...unknownVariables(sources.env, 'the environment'),
    ...unknownVariables(fileVariables, '.env'),
    ...fileFaults,
  ];
  const pick = (setting: AnySetting): GivenSetting => pickSource(setting, sources, fileVariables);
  const config = buildConfig((setting) => {
    const parsed = parseGiven(pick(setting), setting);
    if (parsed.ok) return parsed.value;
    faults.push(parsed.problem);
    return parseDefault(setting);
  });
  if (faults.length === 0 && config.port !== 0 && config.port === config.metricsPort) {
    faults.push(
      `${SETTINGS.metricsPort.variable} is the port of ${SETTINGS.port.variable}: give it another`,
    );
  }
  if (faults.length > 0) return refuse(faults);
  const given = SETTING_LIST.map(pick);
  const names = [...Object.keys(sources.env), ...Object.keys(fileVariables)];
  return accept({ config, given, notices: pythonSettingNotices(names, isGivenIn(given)) });
}

function isGivenIn(given: readonly GivenSetting[]): (variable: string) => boolean {
  return (variable) =>
    given.some((each) => each.setting.variable === variable && each.origin !== DEFAULT);
}

function buildConfig(read: <Value>(setting: Setting<Value>) => Value): Config {
  return {
    host: read(SETTINGS.host),
    port: read(SETTINGS.port),
    store: read(SETTINGS.store),
    rateLimitPerMinute: read(SETTINGS.rateLimitPerMinute),
    ttlMs: read(SETTINGS.ttlSeconds) * 1_000,
    cleanupIntervalMs: read(SETTINGS.cleanupIntervalSeconds) * 1_000,
    maxAdvertisements: read(SETTINGS.maxAdvertisements),
    maxWatches: read(SETTINGS.maxWatches),
    maxWatchesPerAddress: read(SETTINGS.maxWatchesPerAddress),
    auth: read(SETTINGS.auth),
    network: read(SETTINGS.network),
    ipPolicy: read(SETTINGS.ipPolicy),
    trustedProxies: read(SETTINGS.trustedProxies),
    metricsPort: read(SETTINGS.metricsPort),
    debug: read(SETTINGS.debug),
  };
}

function pickSource(
  setting: AnySetting,
  { env, flags }: SettingSources,
  fileVariables: SettingSources['env'],
): GivenSetting {
  const { variable } = setting;
  const flag = flagOf(setting);
  const candidates = [
    { text: flags?.get(flag), origin: flag },
    { text: env[variable], origin: variable },
    { text: fileVariables[variable], origin: `${variable} in .env` },
  ];
  for (const { text, origin } of candidates)
    if (text !== undefined) return { setting, text, origin };
  return { setting, text: setting.defaultText, origin: DEFAULT };
}

function parseGiven<Value>(given: GivenSetting, setting: Setting<Value>): Result<Value, string> {
  const parsed = setting.parse(given.text);
  return parsed.ok ? parsed : refuse(describeFault(given, parsed.problem));
}

function parseDefault<Value>(setting: Setting<Value>): Value {
  const parsed = setting.parse(setting.defaultText);
  if (!parsed.ok) throw new Error(`the default of ${setting.variable} does not parse`);
  return parsed.value;
}

function describeFault({ setting, text, origin }: GivenSetting, reason: string): string {
  if (isServiceLink(text)) {
    return `${origin} is ${quoteGiven(text)}, which Kubernetes sets for a Service of that name: set enableServiceLinks: false in the pod, or rename the Service`;
  }
  const because = reason === '' ? '' : ` (${reason})`;
  return `${origin} is ${text === '' ? 'empty' : quoteGiven(text)}${because}; allowed: ${setting.allowed}`;
}

/** Values of unknown variables are not shown: nobody knows which of them are secrets. */
function unknownVariables(variables: SettingSources['env'], where: string): string[] {
  return Object.entries(variables)
    .filter(([name, value]) => value !== undefined && isUnknown(name, value))
    .map(([name]) => {
      const meant = nearMiss(name.toUpperCase(), VARIABLES);
      const advice =
        meant === undefined ? 'see --help for those there are' : `did you mean ${meant}?`;
      return `${shownName(name)} in ${where} is not a setting; ${advice}`;
    });
}

function shownName(name: string): string {
  return /^\w{1,100}$/.test(name) ? name : quoteGiven(name);
}

/** In lower case only the name of a setting is a fault: it would have no effect, where the 0.1 hub took it. */
function isUnknown(name: string, value: string): boolean {
  if (VARIABLES.includes(name)) return false;
  if (name.startsWith('DISCOVERY_')) return !isKubernetesVariable(name, value);
  return VARIABLES.includes(name.toUpperCase());
}
