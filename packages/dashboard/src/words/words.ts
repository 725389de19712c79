/** Every sentence of the page, in one place. What depends on an amount is a function of it. */
import type { Sort } from 'golem-vm-discovery-protocol';
import { formatCount } from './formats.js';

function counted(amount: number, one: string, many: string): string {
  return `${formatCount(amount)} ${amount === 1 ? one : many}`;
}

/** The words. */
export const WORDS = {
  title: 'VM on Golem Discovery',
  brand: { before: 'VM on ', name: 'Golem Discovery' },
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Select it and copy by hand',
  apiDocs: 'API',
  network: (name: string) => `Network ${name}`,
  skip: 'Skip to the results',

  theme: { label: 'Colours', auto: 'as the system', light: 'light', dark: 'dark' },

  live: {
    connecting: 'Connecting',
    live: 'Live',
    reconnecting: 'Reconnecting',
    stale: 'Not live',
    hints: {
      connecting: 'Waiting for the first changes.',
      live: 'Changes appear as they happen.',
      reconnecting: 'The connection was lost. What you see may be some seconds old.',
      stale: 'Nothing has come for a while. The page asks again by itself.',
    },
    arrived: (amount: number) => `${counted(amount, 'provider', 'providers')} arrived`,
    left: (amount: number) => `${counted(amount, 'provider', 'providers')} left`,
    warming:
      'The hub was restarted a moment ago. Providers come back within minutes; some may still be missing.',
  },

  broken: {
    title: 'This could not be loaded',
    reload: 'Reload the page',
  },

  failures: {
    page: 'The hub is away, or was renewed since this page was opened. Reload it once the hub is back.',
    byCode: {
      UNREACHABLE:
        'It can’t be reached: it may be restarting, or this machine has lost its connection.',
      TIMED_OUT: 'It took too long to answer: it may be overloaded, or the connection is slow.',
    },
  },

  totals: {
    label: 'What the network offers now',
    providers: 'Providers',
    cpu: 'Cores',
    memory: 'Memory',
    storage: 'Storage',
    verified: 'Signed',
  },

  map: {
    title: 'Where they are',
    hint: 'Choose a country to search in it.',
    label: 'Countries with providers: arrow keys move, Enter chooses',
    country: (name: string, amount: number) =>
      `${name}: ${counted(amount, 'provider', 'providers')}`,
    none: (name: string) => `${name}: no providers`,
    fewer: 'fewer',
    more: 'more',
    loading: 'Drawing the map…',
    clear: 'Whole world',
  },

  activity: {
    title: 'Arrivals and departures',
    span: (hours: number) => (hours === 1 ? 'this hour' : `last ${formatCount(hours)} hours`),
    arrived: 'arrived',
    left: 'left',
    most: (amount: number) => `${formatCount(amount)} an hour`,
    now: 'now',
    hour: (hour: string, arrived: number, left: number) =>
      `${hour}: ${formatCount(arrived)} arrived, ${formatCount(left)} left`,
    label: (arrived: number, left: number) =>
      `Arrivals and departures by the hour: ${formatCount(arrived)} arrived and ${formatCount(left)} left in all`,
    empty: 'Nobody has come or gone yet.',
  },

  prices: {
    title: 'Price a month',
    forShape: (shape: string) => `for ${shape}`,
    forWhole: 'for the whole machine of each',
    all: (priced: number) => `Of ${counted(priced, 'provider', 'providers')} with a price.`,
    part: (priced: number, total: number) =>
      `Of the first ${formatCount(priced)} in the table with a price; ${formatCount(total)} fit.`,
    cheapest: (priced: number, total: number) =>
      `Of the ${formatCount(priced)} cheapest, as far as the table was read; ${formatCount(total)} fit.`,
    levelsOfAll: (priced: number, low: string, middle: string, high: string) =>
      `Of all ${formatCount(priced)}: median ${middle}, four in five from ${low} to ${high}.`,
    most: (amount: number) => counted(amount, 'provider', 'providers'),
    andMore: (price: string) => `${price} and more`,
    median: 'median',
    label: (low: string, middle: string, high: string) =>
      `Prices from ${low} to ${high} a month, median ${middle}`,
    bar: (low: string, high: string, amount: number) =>
      `${low} to ${high}: ${counted(amount, 'provider', 'providers')}`,
    empty: 'No prices to show.',
  },

  find: {
    title: 'Find a provider',
    presets: 'Common sizes',
    preset: { small: 'Small', medium: 'Medium', large: 'Large' },
    resource: { cpu: 'Cores', memory: 'Memory', storage: 'Storage' },
    unit: { cpu: 'cores', memory: 'GB', storage: 'GB' },
    cores: (amount: number) => (amount === 1 ? 'core' : 'cores'),
    any: 'any',
    readable: {
      whole: (max: number) => `A whole number, at most ${formatCount(max)}.`,
      cents: () => 'An amount such as 12.50.',
    },
    countries: 'Countries',
    anywhere: 'Anywhere',
    countrySearch: 'Add a country',
    countryRemove: (name: string) => `Remove ${name}`,
    countryNone: 'No country is called that.',
    platform: 'Platform',
    anyPlatform: 'Any',
    priceCap: 'Price cap',
    priceCapUnit: '$/mo',
    priceNeedsShape: 'Set cores, memory and storage first: a price is that of a whole machine.',
    verified: 'Only signed by a key',
    sort: 'Sort by',
    sorts: {
      uptime: 'Longest listed',
      price: 'Price',
      cpu: 'Cores',
      memory: 'Memory',
      storage: 'Storage',
    } satisfies Record<Sort, string>,
    reset: 'Start over',
    show: 'Change the search',
    hide: 'Hide the search',
    refused: 'This address is no search',
    refusedHint: 'Everything is shown instead.',
  },

  search: {
    amount: {
      cpu: (amount: number) => counted(amount, 'core', 'cores'),
      memory: (gb: number) => `${formatCount(gb)} GB memory`,
      storage: (gb: number) => `${formatCount(gb)} GB storage`,
    },
    or: ' or ',
    countries: (amount: number) => `${formatCount(amount)} countries`,
    signed: 'signed',
    atMost: (price: string) => `at most ${price} a month`,
  },

  results: {
    title: 'Providers',
    none: 'Nothing fits',
    share: 'Share',
    shareWhat: 'the address of this search',
    found: (total: number) => counted(total, 'provider fits', 'providers fit'),
    show: (total: number) => `Show ${counted(total, 'provider', 'providers')}`,
    listed: (total: number) => counted(total, 'provider is listed', 'providers are listed'),
    loading: 'Searching…',
    more: (rows: number) =>
      `The first ${formatCount(rows)} are shown. Ask for something narrower to see the others.`,
    provider: 'Provider',
    country: 'Country',
    platform: 'Platform',
    cpu: 'Cores',
    memory: 'Memory',
    storage: 'Storage',
    price: 'Price a month',
    priceWhole: 'Whole machine',
    perHour: (price: string) => `${price} an hour`,
    unpriced: 'no price',
    listedFor: 'Listed for',
    listedShort: 'listed',
    verified: 'Signed by a key',
    unverified: 'No key speaks for it',
    failed: 'The hub does not answer this search',
    retrying: 'The page asks again by itself.',
    before: 'What is below was found before.',
  },

  nothing: {
    none: (listed: number) =>
      `None of ${counted(listed, 'provider', 'providers')} has all of that.`,
    without: (what: string, amount: number) =>
      `Without asking for ${what}, ${counted(amount, 'provider fits', 'providers fit')}.`,
    apply: 'Search like that',
    nearest: 'Nearest misses',
    explaining: 'Looking for the reason…',
    unexplained: 'Ask for less of something, or for more countries.',
    requirement: {
      cpu: 'cores',
      memory: 'memory',
      storage: 'storage',
      country: 'country',
      platform: 'platform',
      verified: 'a key',
      max_usd_per_month: 'price',
    },
  },

  request: {
    title: 'The same search elsewhere',
    label: 'Way to ask',
    curl: 'curl',
    sdk: 'SDK',
    command: 'Command line',
  },

  provider: {
    title: 'Provider',
    id: 'Provider id',
    address: 'Address',
    country: 'Country',
    platform: 'Platform',
    notSaid: 'not said',
    prices: 'It asks, a month',
    perCore: 'per core',
    perGbMemory: 'per GB of memory',
    perGbStorage: 'per GB of storage',
    whole: 'Its whole machine',
    forShape: (shape: string) => `For ${shape}`,
    hubSays: 'By the word of the hub alone',
    since: 'Listed since',
    renewed: 'Last renewed',
    expires: 'Listed until',
    expiresIn: (time: string) => `in ${time}, unless it renews`,
    expired: 'The time is over; looking again…',
    rank: (country: string) => `Rank in ${country}`,
    rankText: (rank: number, of: number) =>
      of === 1
        ? 'the only one that could serve its shape at a price'
        : `${formatCount(rank)} of ${formatCount(of)} by price, among all that could serve its shape`,
    gone: 'This provider is not listed',
    goneHint: 'It withdrew, its time ran out, or it never was here.',
    askWhy: 'Ask why',
    loading: 'Asking for the provider…',
  },

  proof: {
    title: 'Proof',
    checking: 'Checking what it signed, in this browser…',
    holds: 'The signature holds',
    broken: 'The proof is broken',
    absent: 'Nothing is signed',
    holdsText: (signedAt: string) =>
      `Checked in this browser, without trusting the hub: this key signed exactly what you see here, on ${signedAt}.`,
    clocksApart: (span: string) =>
      `The clock of this machine and that of the hub are ${span} apart. The proof was judged by the hub’s: if yours is right, the hub may show what has ended.`,
    limits:
      'It does not prove that the address can be reached, that the machine is as good as it says, or that the hub left nobody out.',
    brokenText:
      'What the hub shows is not what the key signed. Don’t rely on anything on this page; ask another hub.',
    absentText:
      'No key speaks for this provider: anyone at its address could have said this. Its word is all there is.',
    unread: 'The proof could not be fetched',
  },

  visibility: {
    open: 'Am I visible?',
    title: 'Am I visible?',
    intro: 'For providers: whether this hub lists you, until when, and if not, why not.',
    id: 'Your provider id',
    placeholder: '0x… or did:key:z6Mk…',
    ask: 'Look',
    asking: 'Looking…',
    states: {
      listed: 'Yes, you are listed',
      expired: 'No: your lease ran out',
      withdrawn: 'No: you withdrew',
      unknown: 'No: this hub does not know you',
    },
    since: 'Listed since',
    renewed: 'Last renewed',
    until: 'Without another renewal, until',
    ended: 'The last listing ended',
    lastRefusal: 'The last request of yours that was refused',
    noRefusal: 'Nothing that you signed was refused in the last 24 hours.',
    showListing: 'Show my listing',
  },

  empty: {
    title: 'Nobody is listed yet',
    text: 'This hub is up and waits for its first provider. On a machine that has something to offer, run:',
    afterwards:
      'It makes a key, signs what the machine has free, and stays listed until you stop it. This page shows it the moment it arrives.',
    orSimulate: 'Or fill this hub, which is on your own machine, with fifty simulated ones:',
  },
} as const;
